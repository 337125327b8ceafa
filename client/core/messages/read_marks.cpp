#include "client/core/messages/read_marks.h"

#include "client/core/messages/outbox_sender.h"
#include "client/core/messages/stanza_writer.h"
#include "client/core/qt_text.h"
#include "client/core/roster.h"
#include "client/core/session.h"
#include "client/core/settings.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/data_form.h"
#include "xmpp/xep/stanza_ids.h"

namespace queqiao::client {
namespace {

constexpr std::string_view displayed_node = "urn:xmpp:mds:displayed:0";
constexpr std::string_view pubsub_ns = "http://jabber.org/protocol/pubsub";
constexpr qsizetype most_awaited = 1000;

// XEP-0490 3.2 and XEP-0223: without these options the node would be open to everybody in the roster.
void write_private_options(xml::Writer& writer) {
  xmpp::DataForm form(xmpp::FormType::submit, "http://jabber.org/protocol/pubsub#publish-options");
  form.add("pubsub#persist_items", "true");
  form.add("pubsub#max_items", "max");
  form.add("pubsub#send_last_published_item", "never");
  form.add("pubsub#access_model", "whitelist");
  writer.open("publish-options");
  form.write(writer);
  writer.close();
}

std::string publication(const QString& chat, const QString& archive_id, std::string_view account) {
  std::string out;
  xml::Writer writer(out);
  writer.open("pubsub", pubsub_ns).open("publish").attribute("node", displayed_node);
  writer.open("item").attribute("id", to_utf8(chat)).open("displayed", displayed_node);
  xmpp::write_stanza_id(writer, to_utf8(archive_id), account);
  writer.close().close().close();
  write_private_options(writer);
  writer.close();
  return out;
}

}  // namespace

ReadMarks::ReadMarks(Session& session, LocalHistory& history, OutboxSender& sender, Settings& settings, Roster& roster,
                     QObject* parent)
    : QObject(parent), session_(session), history_(history), sender_(sender), settings_(settings), roster_(roster) {
  session_.advertise(xmpp::ns::chat_markers);
  session_.on_event(displayed_node, [this](const xmpp::Jid& from, const xml::Element& items) {
    // CVE-2023-28686: what somebody else publishes says nothing about what was read here.
    if (from == session_.account()) take(items);
  });
  connect(&session_, &Session::features_known, this, &ReadMarks::fetch);
}

void ReadMarks::mark_read(const QString& chat) {
  const auto newest = history_.newest_incoming(chat);
  if (!newest) return;
  LocalHistory::Batch batch(history_);
  if (!history_.mark_read(chat, std::numeric_limits<qint64>::max() - 1)) return;
  tell_sender(*newest);
  history_.after_commit([this, chat, id = newest->archive_id] { tell_devices(chat, id); });
}

void ReadMarks::tell_sender(const Message& newest) {
  const auto* contact = roster_.find(newest.chat);
  // XEP-0333 8: a marker shows that the user is there, so it is for those who may see that.
  if (!settings_.flag(setting::sends_read_marks) || !contact || !contact->is_friend) return;
  if (!history_.is_markable(newest.id)) return;
  const auto id = to_qt(session_.make_id());
  sender_.put({.purpose = StanzaPurpose::signal,
               .chat = newest.chat,
               .wire_id = id,
               .stanza = to_qt(displayed_stanza(newest.chat, id, newest.wire_id))});
}

void ReadMarks::tell_devices(const QString& chat, const QString& archive_id) {
  if (archive_id.isEmpty() || !session_.is_online() || !session_.has_personal_events()) return;
  session_.request(xmpp::IqType::set, {}, publication(chat, archive_id, session_.account().bare_text()),
                   [](const xmpp::IqAnswer&) {});  // the next one says the same and more
}

// 3.4: what happened while we were away.
void ReadMarks::fetch() {
  if (!session_.has_personal_events()) return;
  std::string payload;
  xml::Writer(payload).open("pubsub", pubsub_ns).open("items").attribute("node", displayed_node).close().close();
  session_.request(xmpp::IqType::get, {}, payload, [this](const xmpp::IqAnswer& answer) {
    if (answer.is_result()) take(answer.iq.child("pubsub", pubsub_ns).child("items"));
  });
}

void ReadMarks::take(const xml::Element& items) {
  for (const auto item : items.children()) {
    if (item.name() != "item") continue;
    const auto id = xmpp::stanza_id(item.child("displayed", displayed_node), session_.account().bare_text());
    if (!id.empty()) take_item(to_qt(item.attribute("id")), to_qt(id));
  }
}

void ReadMarks::take_item(const QString& chat, const QString& archive_id) {
  const auto id = history_.find_by_archive_id(archive_id);
  const auto message = id ? history_.find(*id) : std::nullopt;
  if (!message) {
    if (awaited_.size() < most_awaited) awaited_.insert(archive_id, chat);
    return;
  }
  // XEP-0490 4: an id of another chat says nothing.
  if (message->chat == chat && history_.mark_read(chat, *id)) emit read_elsewhere(chat);
}

void ReadMarks::added(const Message& message) {
  if (awaited_.isEmpty() || message.archive_id.isEmpty()) return;
  if (awaited_.take(message.archive_id) != message.chat) return;
  if (history_.mark_read(message.chat, message.id)) emit read_elsewhere(message.chat);
}

}  // namespace queqiao::client
