// Messages of the operator to people, from the domain itself.
#include <map>

#include "base/crypto.h"
#include "base/log.h"
#include "control_commands.h"
#include "xml/writer.h"

namespace queqiao::daemon {
namespace {

constexpr std::uint32_t page_size = 250;  // accounts that are written to before the next ones are looked at

// Who gets it is found page by page, so that the memory that it takes does not depend on how many they are; the next
// page begins when the messages of the last are durable. Used on the control thread, except where it says otherwise.
class Announcement : public std::enable_shared_from_this<Announcement> {
 public:
  Announcement(ControlCall call, std::string text, bool is_kept)
      : call_(std::move(call)), text_(std::move(text)), is_kept_(is_kept) {}

  void to_all() { next_accounts({}); }
  void to_online();
  void to_one(std::string user);

 private:
  struct Batch {
    std::vector<std::string> users;
    std::size_t waiting = 0;
    std::size_t reached = 0;
  };
  using Then = std::function<void()>;

  void next_accounts(std::string after);
  void send_to_each(std::vector<std::string> users);
  void send(std::vector<std::string> users, Then then);
  void send_on(server::Shard& shard, std::shared_ptr<Batch> batch, Then then);
  void commit(server::Shard& shard, const Batch& batch, Then then);
  server::Message message_to(const server::User& user) const;
  void finish();

  const ControlCall call_;
  const std::string text_;
  const bool is_kept_;  // normal messages that wait for whoever is offline; else headlines, for those who are there
  std::size_t reached_ = 0;
  std::size_t shards_left_ = 0;
};

server::Message Announcement::message_to(const server::User& user) const {
  const auto settings = call_.daemon().settings();
  const auto& config = settings->server;
  std::string stanza;
  const auto type = is_kept_ ? xmpp::MessageType::normal : xmpp::MessageType::headline;
  xml::Writer writer(stanza);
  writer.open("message").attribute("from", config.domain).attribute("to", user.jid.text());
  writer.attribute("type", is_kept_ ? "normal" : "headline").attribute("id", random_id());
  writer.open("body").text(text_).close().close();
  server::Message message{.from = *xmpp::Jid::parse(config.domain), .to = user.jid, .type = type};
  message.stanza = std::make_shared<const std::string>(std::move(stanza));
  message.is_stored = is_kept_ && config.has_archive;
  message.is_for_offline = is_kept_;
  return message;
}

void Announcement::to_one(std::string user) {
  send({user}, [self = shared_from_this(), user] {
    if (self->reached_ == 0) return self->call_.refuse({ErrorCode::not_found, {}}, user);
    self->finish();
  });
}

void Announcement::to_online() {
  std::function<std::vector<std::string>(server::Shard&)> ask = [](server::Shard& shard) {
    std::vector<std::string> users;
    for (const auto& [name, user] : shard.users().all()) {
      if (user->is_online()) users.push_back(name);
    }
    return users;
  };
  ask_shards<std::vector<std::string>>(call_, std::move(ask), [self = shared_from_this()](auto of_shards) {
    std::vector<std::string> users;
    for (auto& some : of_shards) std::move(some.begin(), some.end(), std::back_inserter(users));
    self->send_to_each(std::move(users));
  });
}

void Announcement::send_to_each(std::vector<std::string> users) {
  if (users.empty()) return finish();
  const auto count = std::min<std::size_t>(users.size(), page_size);
  std::vector<std::string> page(users.end() - static_cast<std::ptrdiff_t>(count), users.end());
  users.resize(users.size() - count);
  send(std::move(page), [self = shared_from_this(), users = std::move(users)] { self->send_to_each(users); });
}

void Announcement::next_accounts(std::string after) {
  call_.daemon().store().list_accounts(
      std::move(after), page_size,
      {&call_.loop(), [self = shared_from_this()](Result<std::vector<storage::Account>> accounts) {
         if (!accounts) return self->call_.refuse(accounts.error().message);
         if (accounts->empty()) return self->finish();
         std::vector<std::string> users;
         for (const auto& account : *accounts) {
           if (!account.is_disabled) users.push_back(account.user);
         }
         self->send(std::move(users), [self, last = accounts->back().user] { self->next_accounts(last); });
       }});
}

void Announcement::send(std::vector<std::string> users, Then then) {
  if (users.empty()) return then();
  auto& shards = call_.daemon().shards();
  std::map<unsigned, std::shared_ptr<Batch>> batches;
  for (auto& user : users) {
    auto& batch = batches[shards.home_of(user)];
    if (!batch) batch = std::make_shared<Batch>();
    batch->users.push_back(std::move(user));
  }
  shards_left_ = batches.size();
  for (auto& [home, batch] : batches) {
    shards.post(home, [self = shared_from_this(), batch = batch, then](server::Shard& shard) {
      self->send_on(shard, batch, then);
    });
  }
}

// On the shard's thread.
void Announcement::send_on(server::Shard& shard, std::shared_ptr<Batch> batch, Then then) {
  batch->waiting = batch->users.size();
  for (const auto& name : batch->users) {
    shard.users().with(name, [self = shared_from_this(), &shard, batch, then](server::User* user) {
      if (user) {
        ++batch->reached;
        shard.router().accept(self->message_to(*user));
      }
      if (--batch->waiting == 0) self->commit(shard, *batch, then);
    });
  }
}

// On the shard's thread. The store answers in order, so an empty entry is answered when the messages before are
// durable.
void Announcement::commit(server::Shard& shard, const Batch& batch, Then then) {
  storage::Reply<storage::ArchiveId> committed{
      &call_.loop(), [self = shared_from_this(), reached = batch.reached, then](Result<storage::ArchiveId> outcome) {
        if (!outcome) return self->call_.refuse(outcome.error().message);
        self->reached_ += reached;
        if (--self->shards_left_ == 0) then();
      }};
  shard.store().append({}, std::move(committed), {});
}

void Announcement::finish() {
  log::info("control: announced to {} account(s)", reached_);
  call_.answer({{"reached", reached_}});
}

}  // namespace

void announce(ControlCall call) {
  auto text = call.text("text").value_or("");
  if (text.empty()) return call.refuse("there is nothing to announce");
  const auto to = call.text("to");
  const bool is_for_all = call.flag("all");
  if (to && is_for_all) return call.refuse("an announcement is for one or for all");
  const auto announcement = std::make_shared<Announcement>(call, std::move(text), to || is_for_all);
  if (is_for_all) return announcement->to_all();
  if (!to) return announcement->to_online();
  if (auto user = call.user("to")) announcement->to_one(*std::move(user));
}

}  // namespace queqiao::daemon
