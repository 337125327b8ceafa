#include "client/core/messages/stanza_writer.h"

#include <string_view>

#include "base/encoding.h"
#include "client/core/qt_text.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/file_sharing.h"
#include "xmpp/xep/message_references.h"
#include "xmpp/xep/stanza_ids.h"

namespace queqiao::client {
namespace {

// XEP-0334: what has no body must say so to be archived, or not to be.
enum class Hint { none, store, no_store };

void write_hint(xml::Writer& writer, Hint hint) {
  if (hint == Hint::store) writer.open("store", xmpp::ns::hints).close();
  if (hint != Hint::no_store) return;
  writer.open("no-store", xmpp::ns::hints).close();
}

template <class Write>
std::string stanza(std::string_view type, const QString& to, const QString& id, Hint hint, Write write) {
  std::string out;
  xmpp::write_stanza_start(out, "message", {}, to_utf8(to), type, to_utf8(id));
  out += '>';
  xml::Writer writer(out);
  write(writer);
  write_hint(writer, hint);
  xmpp::write_origin_id(writer, to_utf8(id));
  return out.append("</message>");
}

void write_body(xml::Writer& writer, const QString& text) {
  writer.open("body").text(to_utf8(text)).close();
}

void write_text(xml::Writer& writer, const Message& message) {
  if (!message.quote) return write_body(writer, message.text);
  const auto fallback = quote_fallback(*message.quote);
  write_body(writer, fallback + message.text);
  xmpp::ReplyTo{to_utf8(message.quote->id), to_jid(message.quote->author)}.write(writer);
  if (!fallback.isEmpty()) {
    xmpp::write_fallback(writer, xmpp::ns::replies, static_cast<std::size_t>(fallback.toUcs4().size()));
  }
}

xmpp::FileSharing sharing_of(const FileInfo& file) {
  xmpp::FileSharing shared;
  shared.disposition =
      file.is_picture() ? xmpp::FileSharing::Disposition::inline_view : xmpp::FileSharing::Disposition::attachment;
  shared.urls = {to_utf8(file.url)};
  shared.file.name = to_utf8(file.name);
  shared.file.type = to_utf8(file.media_type);
  if (file.size >= 0) shared.file.size = static_cast<std::uint64_t>(file.size);
  if (!file.sha256.isEmpty()) shared.file.hashes.push_back({"sha-256", file.sha256.toStdString()});
  if (file.is_picture()) {
    shared.file.dimensions = {static_cast<std::uint32_t>(file.picture_size.width()),
                              static_cast<std::uint32_t>(file.picture_size.height())};
  }
  if (!file.thumbnail.isEmpty()) {
    xmpp::Thumbnail thumbnail;
    thumbnail.type = "image/jpeg";
    thumbnail.uri = "data:image/jpeg;base64," + base64_encode(view_of(file.thumbnail));
    shared.file.thumbnails.push_back(std::move(thumbnail));
  }
  return shared;
}

}  // namespace

QString quote_fallback(const Quote& quote) {
  if (quote.text.isEmpty()) return {};
  QString lines;
  for (const auto& line : quote.text.split('\n')) lines += "> " + line + '\n';
  return lines;
}

std::string message_stanza(const Message& message) {
  return stanza("chat", message.chat, message.wire_id, Hint::none, [&](xml::Writer& writer) {
    if (message.kind == MessageKind::file && message.file) {
      xmpp::write_shared_file(writer, sharing_of(*message.file));
    } else {
      write_text(writer, message);
    }
    if (!message.game.isEmpty()) writer.raw(view_of(message.game));
    xmpp::write_chat_state(writer, xmpp::ChatState::active);
    xmpp::write_receipt_request(writer);
    xmpp::write_markable(writer);
  });
}

std::string correction_stanza(const QString& to, const QString& id, const QString& corrected, const QString& text) {
  return stanza("chat", to, id, Hint::none, [&](xml::Writer& writer) {
    write_body(writer, text);
    xmpp::write_correction(writer, to_utf8(corrected));
  });
}

std::string recall_stanza(const QString& to, const QString& id, const QString& recalled, const QString& fallback) {
  return stanza("chat", to, id, Hint::none,
                [&](xml::Writer& writer) { xmpp::write_retraction(writer, to_utf8(recalled), to_utf8(fallback)); });
}

std::string reaction_stanza(const QString& to, const QString& id, const QString& target, const QStringList& emoji) {
  return stanza("chat", to, id, Hint::store, [&](xml::Writer& writer) {
    xmpp::Reactions reactions;
    reactions.id = to_utf8(target);
    for (const auto& one : emoji) reactions.emojis.push_back(to_utf8(one));
    reactions.write(writer);
  });
}

std::string receipt_stanza(const QString& to, const QString& id, const QString& received) {
  return stanza("chat", to, id, Hint::store,
                [&](xml::Writer& writer) { xmpp::write_receipt(writer, to_utf8(received)); });
}

std::string displayed_stanza(const QString& to, const QString& id, const QString& displayed) {
  return stanza("chat", to, id, Hint::store, [&](xml::Writer& writer) {
    xmpp::ChatMarker{xmpp::MarkerKind::displayed, to_utf8(displayed)}.write(writer);
  });
}

std::string chat_state_stanza(const QString& to, const QString& id, xmpp::ChatState state) {
  return stanza("chat", to, id, Hint::no_store, [&](xml::Writer& writer) { xmpp::write_chat_state(writer, state); });
}

std::string attention_stanza(const QString& to, const QString& id) {
  // XEP-0224 2: a headline, which reaches who is there now and is kept for nobody.
  return stanza("headline", to, id, Hint::no_store, [](xml::Writer& writer) { xmpp::write_attention(writer); });
}

}  // namespace queqiao::client
