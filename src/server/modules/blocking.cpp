// XEP-0191 Blocking Command 1.1: nothing that a blocked address sends reaches the user, nothing that the user sends
// reaches it, and to it the user looks offline.
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "server/shard.h"
#include "xml/writer.h"

namespace queqiao::server {
namespace {

using xmpp::Jid;
using xmpp::PresenceType;
using xmpp::StanzaCondition;
using xmpp::StanzaError;
using xmpp::StanzaKind;

constexpr std::string_view ns = "urn:xmpp:blocking";
// Each address is one entry of the user's log-in data, under this and itself.
constexpr std::string_view key_prefix = "blocked ";

std::string key_of(std::string_view jid) {
  return std::string(key_prefix).append(jid);
}

auto first_blocked(const User& user) {
  return user.login_data.lower_bound(key_prefix);
}
bool is_blocked_entry(const User& user, auto place) {
  return place != user.login_data.end() && place->first.starts_with(key_prefix);
}

std::vector<std::string> blocked_by(const User& user) {
  std::vector<std::string> jids;
  for (auto at = first_blocked(user); is_blocked_entry(user, at); ++at)
    jids.push_back(at->first.substr(key_prefix.size()));
  return jids;
}

bool lists(const User& user, std::string_view jid) {
  return user.login_data.contains(key_of(jid));
}

// XEP-0191 section 3: a resource, an account, a domain's resource, a domain with all that is under it.
bool is_blocked(const User& user, const Jid& other) {
  if (!is_blocked_entry(user, first_blocked(user)) || other.bare_text() == user.jid.text()) return false;
  if (lists(user, other.text()) || lists(user, other.bare_text())) return true;
  auto domain = other.domain();
  if (!other.resource().empty() && lists(user, std::string(domain).append("/").append(other.resource()))) return true;
  for (;;) {
    if (lists(user, domain)) return true;
    const auto dot = domain.find('.');
    if (dot == std::string_view::npos) return false;
    domain.remove_prefix(dot + 1);
  }
}

StanzaError blocked_error() {
  auto error = StanzaError::of(StanzaCondition::not_acceptable);
  error.type = xmpp::ErrorType::cancel;
  error.application = "<blocked xmlns='urn:xmpp:blocking:errors'/>";
  return error;
}

std::string list_xml(std::string_view name, const std::vector<std::string>& jids) {
  std::string out;
  xml::Writer writer(out);
  writer.open(name, ns);
  for (const auto& jid : jids) writer.open("item").attribute("jid", jid).close();
  writer.close();
  return out;
}

// Whose view of the user's presence an entry of the list decides: contacts, and receivers of directed presence.
std::set<Jid> watchers_behind(const User& user, const Jid& entry) {
  std::set<Jid> watchers;
  if (!entry.is_domain()) return {entry};
  const auto add = [&](const Jid& other) {
    const bool is_under = other.domain() == entry.domain() || other.domain().ends_with("." + entry.text());
    if (entry.is_bare() && is_under && other.bare_text() != user.jid.text()) watchers.insert(other.bare());
  };
  for (const auto& [jid, item] : user.roster) {
    if (const auto contact = item.is_removed ? std::nullopt : Jid::parse(jid)) add(*contact);
  }
  for (const auto& session : user.sessions) {
    if (!session->has_directed()) continue;
    for (const auto& to : session->directed()) add(to);
  }
  return watchers;
}

class Blocking final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    wants_pushes_ = shard.new_session_flag();
    shard.advertise(ns);
    shard.on_iq(iq_target::own_account, "blocklist", ns, [this](IqRequest request) { list(std::move(request)); });
    shard.on_iq(iq_target::own_account, "block", ns, [this](IqRequest request) { change(std::move(request), true); });
    shard.on_iq(iq_target::own_account, "unblock", ns,
                [this](IqRequest request) { change(std::move(request), false); });
    attach_refusals();
  }

 private:
  // One command that is being written.
  struct Command {
    IqRequest request;
    bool is_block;
    bool is_for_all;
    std::size_t open;               // writes that the store has not answered
    std::vector<std::string> done;  // addresses
    std::optional<Error> error;
  };

  void attach_refusals();
  void list(IqRequest request);
  void change(IqRequest request, bool is_block);
  void begin(std::shared_ptr<Command> command, std::vector<std::string> jids, User& user, const Rosters::Turn& turn);
  storage::Reply<void> answer_for(std::shared_ptr<Command> command, const std::string& user, const std::string& jid,
                                  const Rosters::Turn& turn);
  void finish(Command& command, User& user);
  void disappear(User& user, const Jid& entry);
  void appear(User& user, const Jid& entry);

  Shard* shard_ = nullptr;
  SessionFlag wants_pushes_ = 0;
};

void Blocking::attach_refusals() {
  auto& hooks = shard_->hooks();
  hooks.blocks.push_back(is_blocked);
  hooks.validate.push_back([this](OutgoingMessage& outgoing) -> std::optional<StanzaError> {
    const User* sender = shard_->users().find(outgoing.message.from.local());
    if (sender && is_blocked(*sender, outgoing.message.to)) return blocked_error();
    return std::nullopt;
  });
  hooks.validate_iq.push_back([](Session& session, const Jid& to) -> std::optional<StanzaError> {
    if (is_blocked(session.user(), to)) return blocked_error();
    return std::nullopt;
  });
  hooks.presence.push_back([this](Session& session, const xml::Element& element, PresenceType, const auto& to) {
    if (!to || !is_blocked(session.user(), *to)) return false;
    shard_->router().refuse(session, element, StanzaKind::presence, blocked_error());
    return true;
  });
  // 3.2: what comes from a blocked address: messages are refused as if the user were offline, presence says nothing.
  hooks.filter.push_back([](User& user, const Message& message) -> std::optional<StanzaError> {
    if (is_blocked(user, message.from)) return StanzaError::of(StanzaCondition::service_unavailable);
    return std::nullopt;
  });
  hooks.packet.push_back([](User& user, PresencePacket& packet) { return is_blocked(user, packet.from); });
}

void Blocking::list(IqRequest request) {
  if (request.is_set()) return request.reply_error(StanzaCondition::bad_request);
  request.session->set(wants_pushes_, true);
  request.reply(list_xml("blocklist", blocked_by(*request.user)));
}

void Blocking::change(IqRequest request, bool is_block) {
  if (!request.is_set()) return request.reply_error(StanzaCondition::bad_request);
  std::vector<std::string> jids;
  for (const auto child : request.payload.children()) {
    if (!child.is("item", ns)) continue;
    const auto jid = Jid::parse(child.attribute("jid"));
    if (!jid) return request.reply_error(StanzaCondition::jid_malformed);
    if (is_block && jid->bare_text() == request.user->jid.text()) {
      return request.reply_error(StanzaCondition::not_allowed, "Nobody can block oneself.");
    }
    jids.push_back(jid->text());
  }
  if (is_block && jids.empty()) return request.reply_error(StanzaCondition::bad_request);
  const auto name = request.user->name;
  request.user = nullptr;
  request.session = nullptr;
  const bool is_for_all = jids.empty();
  auto command = std::make_shared<Command>(Command{std::move(request), is_block, is_for_all, 0, {}, {}});
  shard_->rosters().in_turn(name, [this, command, jids = std::move(jids)](User& user, Rosters::Turn turn) mutable {
    if (command->is_for_all) jids = blocked_by(user);
    begin(std::move(command), std::move(jids), user, turn);
  });
}

void Blocking::begin(std::shared_ptr<Command> command, std::vector<std::string> jids, User& user,
                     const Rosters::Turn& turn) {
  std::erase_if(jids, [&](const std::string& jid) { return lists(user, jid) == command->is_block; });
  if (command->is_block && blocked_by(user).size() + jids.size() > shard_->config().blocked_jids) {
    return command->request.reply_error(StanzaCondition::resource_constraint, "Too many blocked addresses.");
  }
  command->open = jids.size();
  if (jids.empty()) return finish(*command, user);
  const auto name = user.name;
  for (const auto& jid : jids) {
    auto answer = answer_for(command, name, jid, turn);
    if (command->is_block) {
      shard_->store().put_data(name, "login", key_of(jid), "1", std::move(answer));
    } else {
      shard_->store().remove_data(name, "login", key_of(jid), std::move(answer));
    }
  }
}

storage::Reply<void> Blocking::answer_for(std::shared_ptr<Command> command, const std::string& name,
                                          const std::string& jid, const Rosters::Turn& turn) {
  return {&shard_->loop(), [this, command = std::move(command), name, jid, turn](Result<void> outcome) {
            shard_->users().with(name, [this, command, jid, turn, outcome = std::move(outcome)](User* user) {
              if (!user) return;
              if (!outcome) {
                command->error = outcome.error();
              } else {
                if (command->is_block) user->login_data.insert_or_assign(key_of(jid), "1");
                if (!command->is_block) user->login_data.erase(key_of(jid));
                command->done.push_back(jid);
              }
              if (--command->open == 0) finish(*command, *user);
            });
          }};
}

void Blocking::finish(Command& command, User& user) {
  for (const auto& text : command.done) {
    const auto entry = Jid::parse(text);
    if (!entry) continue;
    if (command.is_block) {
      disappear(user, *entry);
    } else {
      appear(user, *entry);
    }
  }
  if (command.error) {
    command.request.reply_error(*command.error);
  } else {
    command.request.reply();
  }
  if (command.done.empty()) return;
  const bool is_empty = command.is_for_all && !command.error;
  const auto content =
      list_xml(command.is_block ? "block" : "unblock", is_empty ? std::vector<std::string>{} : command.done);
  for (const auto& session : user.sessions) {
    if (!session->has(wants_pushes_)) continue;
    std::string push;
    xmpp::write_stanza_start(push, "iq", {}, session->jid().text(), "set", random_id());
    push.append(">").append(content).append("</iq>");
    shard_->send(*session, push, StanzaKind::iq);
  }
}

void Blocking::disappear(User& user, const Jid& entry) {
  for (const auto& watcher : watchers_behind(user, entry)) {
    const bool is_subscriber = user.is_seen_by(watcher.bare_text());
    for (const auto& hook : shard_->hooks().hidden) hook(user, watcher, is_subscriber);
  }
}

// The user is seen again and, since a blocked contact's presence was dropped, asks for theirs.
void Blocking::appear(User& user, const Jid& entry) {
  for (const auto& watcher : watchers_behind(user, entry)) {
    if (is_blocked(user, watcher)) continue;
    if (user.is_seen_by(watcher.bare_text())) {
      for (const auto& hook : shard_->hooks().shown) hook(user, watcher);
    }
    if (!user.sees(watcher.bare_text())) continue;
    for (const auto& session : user.sessions) {
      if (!session->is_visible()) continue;
      shard_->router().route_presence(plain_presence(session->jid(), watcher, PresenceType::probe));
    }
  }
}

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(blocking, Blocking)
