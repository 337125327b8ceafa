#include "client/core/block_list.h"

#include <algorithm>

#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/stream_end_text.h"
#include "xml/writer.h"
#include "xmpp/stanza.h"

namespace queqiao::client {
namespace {

constexpr std::string_view blocking_ns = "urn:xmpp:blocking";

QStringList read_items(const xml::Element& list) {
  QStringList jids;
  for (const auto item : list.children()) {
    const auto jid = xmpp::Jid::parse(item.attribute("jid"));
    if (item.is("item", blocking_ns) && jid) jids.append(bare(*jid));
  }
  return jids;
}

}  // namespace

BlockList::BlockList(Session& session, QObject* parent) : QObject(parent), session_(session) {
  connect(&session_, &Session::features_known, this, &BlockList::load);
  session_.on_iq(blocking_ns, [this](const xml::Element& iq) { return take_push(iq); });
}

void BlockList::load() {
  if (!session_.server_has(blocking_ns)) return;
  std::string question;
  xml::Writer(question).open("blocklist", blocking_ns).close();
  session_.request(xmpp::IqType::get, {}, question, [this](const xmpp::IqAnswer& answer) {
    if (answer.is_result()) replace(read_items(answer.iq.child("blocklist", blocking_ns)));
  });
}

// XEP-0191 3.3: what another device of ours changed. Nobody else may change the list here.
bool BlockList::take_push(const xml::Element& iq) {
  const auto from = iq.attribute("from");
  const bool is_own = from.empty() || xmpp::Jid::parse(from) == session_.account();
  const auto change = iq.first_child();
  if (!is_own || iq.attribute("type") != "set") return false;
  const auto jids = read_items(change);
  auto blocked = blocked_;
  if (change.name() == "block") blocked += jids;
  if (change.name() == "unblock" && jids.isEmpty()) blocked.clear();
  if (change.name() == "unblock") {
    for (const auto& jid : jids) blocked.removeAll(jid);
  }
  replace(std::move(blocked));
  session_.reply(xmpp::result_reply(iq.attribute("id"), {}, from));
  return true;
}

void BlockList::replace(QStringList blocked) {
  blocked.removeDuplicates();
  blocked.sort();
  QStringList different;
  std::set_symmetric_difference(blocked_.begin(), blocked_.end(), blocked.begin(), blocked.end(),
                                std::back_inserter(different));
  blocked_ = std::move(blocked);
  if (!different.isEmpty()) emit changed(different);
}

void BlockList::set_blocked(const QString& jid, bool is_blocked, Done done) {
  if (session_.is_online() && !session_.server_has(blocking_ns)) return done(tr("This server cannot block anybody."));
  std::string payload;
  xml::Writer writer(payload);
  writer.open(is_blocked ? "block" : "unblock", blocking_ns);
  writer.open("item").attribute("jid", to_utf8(jid)).close().close();
  session_.request(xmpp::IqType::set, {}, payload, [this, jid, is_blocked, done](const xmpp::IqAnswer& answer) {
    if (answer.is_result()) {
      auto blocked = blocked_;
      if (is_blocked) blocked.append(jid);
      if (!is_blocked) blocked.removeAll(jid);
      replace(std::move(blocked));
    }
    done(explain(answer));
  });
}

}  // namespace queqiao::client
