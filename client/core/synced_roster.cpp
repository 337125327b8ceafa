#include "client/core/synced_roster.h"

#include <QTimer>
#include <algorithm>
#include <chrono>
#include <utility>

#include "client/core/presences.h"
#include "client/core/private_storage.h"
#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/stream_end_text.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/payload.h"

namespace queqiao::client {
namespace {

constexpr std::chrono::seconds cache_delay{1};
constexpr qsizetype most_requests = 100;
constexpr qsizetype longest_greeting = 500;
constexpr std::string_view nick_ns = "http://jabber.org/protocol/nick";

xmpp::RosterEntry entry_of(const Contact& contact) {
  xmpp::RosterEntry entry;
  entry.jid = to_jid(contact.jid);
  entry.name = to_utf8(contact.remark);
  for (const auto& group : contact.groups) entry.groups.push_back(to_utf8(group));
  return entry;
}

}  // namespace

std::optional<FriendRequest> read_friend_request(const xml::Element& presence) {
  const auto from = xmpp::Jid::parse(presence.attribute("from"));
  if (!from || presence.attribute("type") != "subscribe") return std::nullopt;
  FriendRequest request;
  request.jid = bare(*from);
  request.nickname = to_qt(presence.child("nick", nick_ns).text()).simplified().left(100);
  request.greeting = to_qt(presence.child("status").text()).trimmed().left(longest_greeting);
  request.received = QDateTime::currentDateTime();
  return request;
}

SyncedRoster::SyncedRoster(Session& session, Presences& presences, PrivateStorage& storage, const QString& cache_file,
                           QObject* parent)
    : Roster(parent),
      session_(session),
      presences_(presences),
      storage_(storage),
      block_list_(session),
      cache_file_(cache_file) {
  auto cache = RosterCache::read(cache_file_);
  version_ = std::move(cache.version);
  groups_ = std::move(cache.groups);
  for (auto& line : cache.lines) lines_.emplace(line.contact.jid, line);
  cache_timer_.setSingleShot(true);
  cache_timer_.setInterval(cache_delay);
  connect(&cache_timer_, &QTimer::timeout, this, &SyncedRoster::write_cache);
  session_.on_iq(xmpp::ns::roster, [this](const xml::Element& iq) { return take_push(iq); });
  session_.on_presence([this](const xml::Element& presence) { return take_presence(presence); });
  storage_.watch(groups_ns, [this](const xml::Element& content) { take_groups(content); });
  connect(&session_, &Session::online, this, [this](bool is_resumed) {
    if (!is_resumed) load();
  });
  connect(&presences_, &Presences::changed, this, &SyncedRoster::presence_changed);
  connect(&presences_, &Presences::came_online, this, [this](const QString& jid) {
    if (find(jid)) emit came_online(jid);
  });
  connect(&presences_, &Presences::reset, this, [this] {
    for (auto& [jid, line] : lines_) show_presence(line.contact);
    emit reset();
  });
  connect(&block_list_, &BlockList::changed, this, [this](const QStringList& jids) {
    for (const auto& jid : jids) {
      const auto line = lines_.find(jid);
      if (line == lines_.end()) continue;
      line->second.contact.is_blocked = block_list_.contains(jid);
      emit contact_changed(jid);
    }
  });
}

SyncedRoster::~SyncedRoster() {
  if (cache_timer_.isActive()) write_cache();
}

QList<Contact> SyncedRoster::contacts() const {
  QList<Contact> all;
  for (const auto& [jid, line] : lines_) all.append(line.contact);
  return all;
}

const Contact* SyncedRoster::find(const QString& jid) const {
  const auto line = lines_.find(jid);
  return line == lines_.end() ? nullptr : &line->second.contact;
}

bool SyncedRoster::sees_us(const QString& jid) const {
  const auto line = lines_.find(jid);
  return line != lines_.end() && line->second.sees_us;
}

// RFC 6121 2.6.2: an empty result means that what we have is right, changes coming as pushes.
void SyncedRoster::load() {
  xmpp::RosterQuery question;
  question.version = version_;
  session_.request(xmpp::IqType::get, {}, xmpp::to_xml(question), [this](const xmpp::IqAnswer& answer) {
    if (!answer.is_result()) return;
    if (const auto query = xmpp::RosterQuery::parse(answer.iq.child("query", xmpp::ns::roster))) take(*query);
    emit loaded();
  });
}

void SyncedRoster::take(const xmpp::RosterQuery& query) {
  auto before = std::exchange(lines_, {});
  for (const auto& entry : query.entries) {
    // What the server does not tell comes from the copy.
    const auto old = before.find(bare(entry.jid));
    if (old != before.end()) lines_.insert(*old);
    put(entry);
  }
  version_ = query.version.value_or("");
  cache_timer_.start();
  emit reset();
  emit groups_changed();
}

void SyncedRoster::put(const xmpp::RosterEntry& entry) {
  const auto jid = bare(entry.jid);
  auto& line = lines_[jid];
  auto& contact = line.contact;
  contact.jid = jid;
  contact.remark = to_qt(entry.name);
  contact.groups.clear();
  for (const auto& group : entry.groups) contact.groups.append(to_qt(group));
  line.sees_us = entry.subscription == "from" || entry.subscription == "both";
  line.is_seen = entry.subscription == "to" || entry.subscription == "both";
  line.is_asked = entry.is_asking;
  contact.is_friend = line.sees_us && line.is_seen;
  contact.is_pending = entry.is_asking;
  contact.is_blocked = block_list_.contains(jid);
  show_presence(contact);
  note_groups(contact.groups);
}

void SyncedRoster::drop(const QString& jid) {
  if (lines_.erase(jid)) emit contact_removed(jid);
}

bool SyncedRoster::take_push(const xml::Element& iq) {
  const auto push = xmpp::read_roster_push(iq, session_.account());
  if (!push || push->entries.empty()) return false;
  const auto& entry = push->entries.front();  // RFC 6121 2.1.6: a push has one item
  const auto jid = bare(entry.jid);
  if (entry.subscription == "remove") {
    drop(jid);
  } else {
    put(entry);
    emit contact_changed(jid);
  }
  if (push->version) version_ = *push->version;
  cache_timer_.start();
  session_.reply(xmpp::result_reply(iq.attribute("id"), {}, iq.attribute("from")));
  return true;
}

bool SyncedRoster::take_presence(const xml::Element& presence) {
  if (const auto request = read_friend_request(presence)) {
    take_request(*request);
    return true;
  }
  const auto from = xmpp::Jid::parse(presence.attribute("from"));
  if (from && presence.attribute("type") == "unsubscribe") forget_request(bare(*from));
  return false;
}

// Whoever was asked by us has no need to ask: their yes came with their own request.
void SyncedRoster::take_request(const FriendRequest& request) {
  const auto line = lines_.find(request.jid);
  if (line != lines_.end() && (line->second.is_seen || line->second.is_asked)) {
    return send_subscription("subscribed", request.jid);
  }
  forget_request(request.jid);
  if (requests_.size() >= most_requests) requests_.removeFirst();
  requests_.append(request);
  emit requests_changed();
  emit request_received(request);
}

void SyncedRoster::forget_request(const QString& jid) {
  if (requests_.removeIf([&](const FriendRequest& one) { return one.jid == jid; }) > 0) emit requests_changed();
}

void SyncedRoster::show_presence(Contact& contact) {
  const bool was_online = contact.status != Status::offline;
  const auto* best = presences_.best(contact.jid);
  contact.status = best ? best->status : Status::offline;
  contact.signature = best ? best->signature : QString();
  contact.device = best ? presences_.program(*best) : QString();
  if (was_online && !best) contact.last_seen = QDateTime::currentDateTime();
}

void SyncedRoster::presence_changed(const QString& jid) {
  const auto line = lines_.find(jid);
  if (line == lines_.end()) return;
  show_presence(line->second.contact);
  emit contact_changed(jid);
}

void SyncedRoster::set_nickname(const QString& jid, const QString& nickname) {
  const auto line = lines_.find(jid);
  if (line == lines_.end() || line->second.contact.nickname == nickname) return;
  line->second.contact.nickname = nickname;
  cache_timer_.start();
  emit contact_changed(jid);
}

void SyncedRoster::save(const Contact& contact, Done done) {
  xmpp::RosterQuery query;
  query.entries.push_back(entry_of(contact));
  session_.request(xmpp::IqType::set, {}, xmpp::to_xml(query),
                   [this, contact, done = std::move(done)](const xmpp::IqAnswer& answer) {
                     if (answer.is_result()) saved(contact);
                     done(explain(answer));
                   });
}

// The push that says the same may come before the result or after it (RFC 6121 2.1.6).
void SyncedRoster::saved(const Contact& contact) {
  const auto line = lines_.find(contact.jid);
  if (line == lines_.end()) return;
  auto& known = line->second.contact;
  if (known.remark == contact.remark && known.groups == contact.groups) return;
  known.remark = contact.remark;
  known.groups = contact.groups;
  note_groups(known.groups);
  cache_timer_.start();
  emit contact_changed(contact.jid);
}

void SyncedRoster::send_subscription(std::string_view type, const QString& jid, const QString& greeting) {
  std::string out;
  xml::Writer writer(out);
  writer.open("presence").attribute("to", to_utf8(jid)).attribute("type", type);
  if (!greeting.isEmpty()) writer.open("status").text(to_utf8(greeting)).close();
  if (type == "subscribe" && !own_nickname_.isEmpty()) {
    writer.open("nick", nick_ns).text(to_utf8(own_nickname_)).close();
  }
  writer.close();
  session_.send_presence(out);
}

void SyncedRoster::add(const QString& jid, const QString& remark, const QString& group, const QString& greeting,
                       Done done) {
  const auto address = jid.contains('@') ? jid.trimmed() : jid.trimmed() + '@' + to_qt(session_.account().domain());
  const auto whom = to_jid(address).bare();
  if (whom.empty() || whom.is_domain()) return done(tr("“%1” is no account: write number@server.").arg(jid));
  if (whom == session_.account()) return done(tr("This is your own account."));
  Contact contact;
  contact.jid = bare(whom);
  contact.remark = remark;
  if (!group.isEmpty()) contact.groups.append(group);
  save(contact, [this, jid = contact.jid, greeting, done](const QString& error) {
    if (error.isEmpty()) send_subscription("subscribe", jid, greeting.left(longest_greeting));
    done(error);
  });
}

// Friendship here goes both ways, so a yes asks the same of them.
void SyncedRoster::accept(const QString& jid, const QString& remark, const QString& group) {
  if (!session_.is_online()) return;
  forget_request(jid);
  send_subscription("subscribed", jid);
  Contact contact;
  contact.jid = jid;
  contact.remark = remark;
  if (!group.isEmpty()) contact.groups.append(group);
  save(contact, [this, jid](const QString& error) {
    if (error.isEmpty()) send_subscription("subscribe", jid);
  });
}

void SyncedRoster::refuse(const QString& jid) {
  if (!session_.is_online()) return;
  send_subscription("unsubscribed", jid);
  forget_request(jid);
}

void SyncedRoster::remove(const QString& jid, Done done) {
  xmpp::RosterQuery query;
  xmpp::RosterEntry entry;
  entry.jid = to_jid(jid);
  entry.subscription = "remove";
  query.entries.push_back(std::move(entry));
  session_.request(xmpp::IqType::set, {}, xmpp::to_xml(query),
                   [done = std::move(done)](const xmpp::IqAnswer& answer) { done(explain(answer)); });
}

void SyncedRoster::set_remark(const QString& jid, const QString& remark, Done done) {
  const auto* known = find(jid);
  if (!known) return done(tr("This person is not among your friends."));
  auto contact = *known;
  contact.remark = remark;
  save(contact, std::move(done));
}

void SyncedRoster::set_groups(const QString& jid, const QStringList& groups, Done done) {
  const auto* known = find(jid);
  if (!known) return done(tr("This person is not among your friends."));
  auto contact = *known;
  contact.groups = groups;
  contact.groups.removeAll({});
  contact.groups.removeDuplicates();
  save(contact, std::move(done));
}

void SyncedRoster::set_blocked(const QString& jid, bool is_blocked, Done done) {
  block_list_.set_blocked(jid, is_blocked, std::move(done));
}

void SyncedRoster::write_cache() {
  RosterCache cache;
  cache.version = version_;
  cache.groups = groups_;
  for (const auto& [jid, line] : lines_) cache.lines.append(line);
  cache.write(cache_file_);
}

}  // namespace queqiao::client
