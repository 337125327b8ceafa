#include "client/core/messages/received_message.h"

#include <QDateTime>
#include <QMimeDatabase>
#include <QUrl>
#include <algorithm>
#include <chrono>
#include <string>

#include "base/encoding.h"
#include "client/core/qt_text.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/delay.h"
#include "xmpp/xep/file_sharing.h"
#include "xmpp/xep/message_references.h"
#include "xmpp/xep/stanza_ids.h"

namespace queqiao::client {
namespace {

using xmpp::MessageType;

constexpr std::string_view game_ns = "urn:queqiao:game:1";
constexpr std::size_t largest_game = 16 * 1024;     // bytes of a payload
constexpr qsizetype largest_thumbnail = 16 * 1024;  // bytes
constexpr qsizetype quote_length = 200;             // characters that a quote shows
constexpr std::uint32_t largest_side = 20'000;      // pixels of a picture that anybody would show

qint64 microseconds(WallTime time) {
  return time.time_since_epoch().count();
}

// XEP-0203 6: a delay is believed from those who store messages for us.
std::optional<qint64> delayed_since(const xml::Element& stanza, const xmpp::Jid& account) {
  for (const auto from : {account.domain(), account.bare_text()}) {
    if (const auto delay = xmpp::Delay::find(stanza, from)) return microseconds(delay->stamp);
  }
  return std::nullopt;
}

QByteArray inline_picture(std::string_view uri) {
  const auto comma = uri.find(";base64,");
  if (!uri.starts_with("data:image/") || comma == std::string_view::npos) return {};
  const auto bytes = base64_decode(uri.substr(comma + 8));
  return bytes ? to_bytes(*bytes) : QByteArray();
}

FileInfo file_of(const xmpp::FileSharing& shared) {
  FileInfo file;
  file.name = to_qt(xmpp::safe_file_name(shared.file.name));
  file.size = static_cast<qint64>(shared.file.size.value_or(0));
  if (!shared.file.size) file.size = -1;
  file.media_type = to_qt(shared.file.type);
  if (!shared.urls.empty()) file.url = to_qt(shared.urls.front());
  if (const auto* hash = shared.file.hash("sha-256")) file.sha256 = to_bytes(hash->digest);
  if (const auto size = shared.file.dimensions;
      size && size->width && size->height && size->width <= largest_side && size->height <= largest_side) {
    file.picture_size = QSize(static_cast<int>(size->width), static_cast<int>(size->height));
  }
  for (const auto& thumbnail : shared.file.thumbnails) {
    const auto picture = inline_picture(thumbnail.uri);
    if (!picture.isEmpty() && picture.size() <= largest_thumbnail) file.thumbnail = picture;
  }
  return file;
}

FileInfo file_of(const xmpp::OutOfBand& link) {
  FileInfo file;
  file.url = to_qt(link.url);
  const QUrl url(file.url);
  file.name = to_qt(xmpp::safe_file_name(to_utf8(url.fileName(QUrl::FullyDecoded))));
  file.media_type = QMimeDatabase().mimeTypeForFile(file.name, QMimeDatabase::MatchExtension).name();
  return file;
}

std::optional<FileInfo> shared_file(const xml::Element& stanza, const QString& body) {
  if (const auto shared = xmpp::FileSharing::find(stanza); shared && !shared->urls.empty()) return file_of(*shared);
  // Only a link that is the whole message is a file: with words around it, it is a link in a text.
  const auto link = xmpp::OutOfBand::find(stanza);
  if (link && (body.isEmpty() || body.trimmed() == to_qt(link->url))) return file_of(*link);
  return std::nullopt;
}

void read_quote(ReceivedMessage& received, const xml::Element& stanza) {
  const auto reply = xmpp::ReplyTo::find(stanza);
  if (!reply) return;
  received.message.quote = Quote{to_qt(reply->id), reply->author ? bare(*reply->author) : QString(), {}};
  const auto whole = to_qt(stanza.child("body").text());
  received.message.text = to_qt(xmpp::body_without_fallback(stanza, xmpp::ns::replies));
  // The fallback is what the other side says that it answers to; better than nothing while that is not here.
  auto quoted = whole.left(whole.size() - received.message.text.size());
  quoted.replace(QStringLiteral("\n> "), QStringLiteral("\n"));
  if (quoted.startsWith(QStringLiteral("> "))) quoted.remove(0, 2);
  received.message.quote->text = quoted.trimmed().left(quote_length);
}

void read_game(ReceivedMessage& received, const xml::Element& stanza) {
  const auto game = stanza.child("game", game_ns);
  if (!game || game.raw().size() > largest_game) return;
  std::string payload;
  xml::write(payload, game, {});
  received.message.kind = MessageKind::game;
  received.message.game = to_bytes(payload);
  received.has_content = true;
}

void read_content(ReceivedMessage& received, const xml::Element& stanza) {
  auto& message = received.message;
  if (xmpp::Tombstone::find(stanza)) {
    message.kind = MessageKind::recalled;
    received.has_content = true;
    return;
  }
  message.text = to_qt(stanza.child("body").text());
  received.has_content = !message.text.isEmpty();
  read_quote(received, stanza);
  read_game(received, stanza);
  if (message.kind != MessageKind::text) return;
  if (auto file = shared_file(stanza, message.text)) {
    if (message.text.trimmed() == file->url) message.text.clear();
    message.kind = MessageKind::file;
    message.file = std::move(file);
    received.has_content = true;
  }
}

void read_references(ReceivedMessage& received, const xml::Element& stanza) {
  received.corrected = to_qt(xmpp::corrected_id(stanza));
  received.recalled = to_qt(xmpp::retracted_id(stanza));
  received.receipt_of = to_qt(xmpp::receipt_of(stanza));
  if (const auto reactions = xmpp::Reactions::find(stanza)) {
    received.reacted_to = to_qt(reactions->id);
    for (const auto& emoji : reactions->emojis) received.reactions.append(to_qt(emoji));
  }
  if (const auto marker = xmpp::ChatMarker::find(stanza); marker && marker->kind != xmpp::MarkerKind::received) {
    received.displayed = to_qt(marker->id);
  }
  // What is about another message is no message itself; its body is for clients that do not know better.
  if (!received.recalled.isEmpty() || received.reacted_to) received.has_content = false;
}

// Whose words these are, and in which chat. False: the account has no part in it.
bool read_sides(ReceivedMessage& received, const xml::Element& stanza, const xmpp::Jid& account) {
  const auto from =
      stanza.attribute("from").empty() ? account : xmpp::Jid::parse(stanza.attribute("from")).value_or(xmpp::Jid());
  const auto to =
      stanza.attribute("to").empty() ? account : xmpp::Jid::parse(stanza.attribute("to")).value_or(xmpp::Jid());
  if (from.empty() || to.empty()) return false;
  received.is_own = from.bare_text() == account.bare_text();
  if (!received.is_own && to.bare_text() != account.bare_text()) return false;
  received.from = from.text();
  received.message.sender = bare(from);
  received.message.chat = received.is_own ? bare(to) : bare(from);
  received.message.is_outgoing = received.is_own;
  if (received.is_own) received.message.delivery = Delivery::sent;
  return true;
}

bool is_of_a_chat(const xml::Element& stanza) {
  if (stanza.child("event", "http://jabber.org/protocol/pubsub#event")) return false;
  return xmpp::message_type(stanza.attribute("type")) != MessageType::groupchat;
}

void read_ids(ReceivedMessage& received, const xml::Element& stanza, const xmpp::Jid& account, const Origin& origin) {
  const auto origin_id = xmpp::origin_id(stanza);
  const auto id = stanza.attribute("id");
  received.message.wire_id = to_qt(id.empty() ? origin_id : id);
  received.traits.has_origin_id = !origin_id.empty();
  received.message.archive_id =
      to_qt(origin.archive_id.empty() ? xmpp::stanza_id(stanza, account.bare_text()) : origin.archive_id);
}

void read_time(ReceivedMessage& received, const xml::Element& stanza, const xmpp::Jid& account, const Origin& origin) {
  const auto late = origin.archived ? origin.archived : delayed_since(stanza, account);
  received.is_late = late.has_value();
  received.time = std::max<qint64>(late.value_or(origin.now), 1);
  received.message.id = received.time;
  received.message.time = QDateTime::fromMSecsSinceEpoch(received.time / 1000);
}

}  // namespace

std::optional<ReceivedMessage> read_message(const xml::Element& stanza, const xmpp::Jid& account,
                                            const Origin& origin) {
  if (!stanza.is("message", xmpp::ns::client) || !is_of_a_chat(stanza)) return std::nullopt;
  ReceivedMessage received;
  received.way = origin.way;
  if (!read_sides(received, stanza, account)) return std::nullopt;
  read_ids(received, stanza, account, origin);
  read_time(received, stanza, account, origin);
  if (xmpp::message_type(stanza.attribute("type")) == MessageType::error) {
    received.error = xmpp::read_error(stanza).value_or(xmpp::StanzaError());
    return received;
  }
  read_content(received, stanza);
  read_references(received, stanza);
  received.state = xmpp::read_chat_state(stanza);
  received.asks_for_receipt = xmpp::asks_for_receipt(stanza);
  received.traits.is_markable = xmpp::is_markable(stanza);
  received.wants_attention = !received.is_late && xmpp::wants_attention(stanza);
  return received;
}

}  // namespace queqiao::client
