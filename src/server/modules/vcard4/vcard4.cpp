// XEP-0292 vCard4 Over XMPP 0.12, 4: a card that is published (the item "current" of the node urn:xmpp:vcard4) is the
// one that vcard-temp (XEP-0054) shows, and the other way round, in what both can say. What only one of them can say
// stays there as it was; pictures are the affair of XEP-0398. Everybody may read vcard-temp, so only a card that
// everybody may read gets into it, and it leaves again when that one is withdrawn.
#include <memory>
#include <utility>

#include "base/log.h"
#include "parts.h"
#include "server/cards.h"
#include "server/shard.h"
#include "xml/writer.h"

namespace queqiao::server::vcard4 {
namespace {

using Stored = Result<std::optional<std::string>>;
using storage::PubsubPage;

// Beside the card: those of its properties that came from the published one, in the same format.
constexpr std::string_view origin_key = "vcard4";

// One conversion, and what the store has answered so far.
struct Job {
  std::string user;
  std::optional<std::string> written;  // the card to publish; nothing: what is published goes into vcard-temp
  std::string payload;                 // that is being published: not to be converted back
  bool is_compared_after = false;      // vcard-temp with what is published then
  std::optional<std::string> published, temp;
};
using JobPtr = std::shared_ptr<Job>;

// One conversion after the other, as each merges with what the one before has left. Of those that wait only the last
// counts.
struct Jobs {
  JobPtr running, waiting;
};

const std::string* text_of(const std::optional<std::string>& text) {
  return text ? &*text : nullptr;
}

class VCard4 final : public Module {
 public:
  void attach(Shard& shard) override;

 private:
  void published(const std::string& user, const storage::PubsubItem* item);
  void add(Job job);
  void start(const JobPtr& job);
  void finish(const JobPtr& job);
  void fail(const JobPtr& job, const Error& error);
  bool is_running(const JobPtr& job) const;
  void with_published(const JobPtr& job, void (VCard4::*then)(const JobPtr&));
  void with_data(const JobPtr& job, std::string_view key, UniqueFunction<void(std::optional<std::string>)> then);

  void publish(const JobPtr& job);
  void take(const JobPtr& job);
  void merge(const JobPtr& job, const ReadCard& published, const ReadCard& origin);
  void withdraw(const JobPtr& job, const ReadCard& origin);
  void store(const JobPtr& job, std::string card);
  bool is_open(const std::string& user);

  Shard* shard_ = nullptr;  // not owned
  TextMap<Jobs> jobs_;      // by account
};

void VCard4::attach(Shard& shard) {
  shard_ = &shard;
  auto& hooks = shard.hooks();
  hooks.published.push_back([this](User& owner, const std::string& node, const storage::PubsubItem* item) {
    if (node == xmpp::vcard::node && (!item || item->id == xmpp::vcard::item)) published(owner.name, item);
  });
  hooks.card_stored.push_back([this](User& user, const xml::Element& card) {
    std::string text;
    xml::write(text, card, {});
    add({.user = user.name, .written = std::move(text)});
  });
  hooks.user_deleted.push_back([this](User& user) { jobs_.erase(user.name); });
}

void VCard4::published(const std::string& user, const storage::PubsubItem* item) {
  const auto jobs = jobs_.find(user);
  const bool is_own = item && jobs != jobs_.end() && jobs->second.running->payload == item->payload;
  if (is_own) return;
  // What a client has stored is newer than what is in the node whose configuration has changed.
  const auto waiting = jobs == jobs_.end() ? nullptr : jobs->second.waiting;
  if (!item && waiting && waiting->written) {
    waiting->is_compared_after = true;
  } else {
    add({.user = user});
  }
}

void VCard4::add(Job job) {
  auto& jobs = jobs_[job.user];
  auto& place = jobs.running ? jobs.waiting : jobs.running;
  place = std::make_shared<Job>(std::move(job));
  if (!jobs.waiting) start(JobPtr(place));
}

void VCard4::start(const JobPtr& job) {
  with_published(job, job->written ? &VCard4::publish : &VCard4::take);
}

void VCard4::finish(const JobPtr& job) {
  if (!is_running(job)) return;
  auto& jobs = jobs_.find(job->user)->second;
  if (!jobs.waiting && job->is_compared_after) jobs.waiting = std::make_shared<Job>(Job{.user = job->user});
  const auto next = std::exchange(jobs.waiting, nullptr);
  jobs.running = next;
  if (next) return start(next);
  jobs_.erase(job->user);
}

void VCard4::fail(const JobPtr& job, const Error& error) {
  log::warning("the vCard of {} is not converted: {}", job->user, error.message);
  finish(job);
}

// False: the account was deleted meanwhile.
bool VCard4::is_running(const JobPtr& job) const {
  const auto jobs = jobs_.find(job->user);
  return jobs != jobs_.end() && jobs->second.running == job;
}

void VCard4::with_published(const JobPtr& job, void (VCard4::*then)(const JobPtr&)) {
  auto answered = [this, job, then](Result<PubsubPage> page) {
    if (!is_running(job)) return;
    if (!page) return fail(job, page.error());
    if (!page->items.empty()) job->published = std::move(page->items.front().payload);
    (this->*then)(job);
  };
  storage::PubsubQuery query;
  query.ids = {std::string(xmpp::vcard::item)};
  shard_->store().get_items(job->user, std::string(xmpp::vcard::node), std::move(query),
                            {&shard_->loop(), std::move(answered)});
}

void VCard4::with_data(const JobPtr& job, std::string_view key, UniqueFunction<void(std::optional<std::string>)> then) {
  auto answered = [this, job, then = std::move(then)](Stored stored) mutable {
    if (!is_running(job)) return;
    if (!stored) return fail(job, stored.error());
    then(*std::move(stored));
  };
  shard_->store().get_data(job->user, std::string(cards::kind), std::string(key),
                           {&shard_->loop(), std::move(answered)});
}

// A node that this makes is open, as the card is. One that is there stays as its owner wants it.
void VCard4::publish(const JobPtr& job) {
  User* user = shard_->users().find(job->user);
  if (!user) return finish(job);
  const ReadCard old(text_of(job->published)), written(text_of(job->written));
  const auto* there = PersonalNodes::find(*user, xmpp::vcard::node);
  const auto changed = differences(old.card(), written.card());
  const bool has_place = there || user->nodes.size() < shard_->config().pep_nodes;
  if (changed.empty() || !has_place) return finish(job);
  auto payload = with(old.element(), changed, written.card(), xmpp::vcard::ns);
  if (payload.size() > shard_->config().pep_item_bytes) return finish(job);
  PersonalNode wanted = there ? *there : PersonalNode{.name = std::string(xmpp::vcard::node)};
  if (!there) wanted.config.access = xmpp::AccessModel::open;
  job->payload = payload;
  shard_->nodes().publish(*user, std::move(wanted), {std::string(xmpp::vcard::item), {}, std::move(payload)},
                          [this, job](Result<void> done) {
                            if (!done) return fail(job, done.error());
                            // The conversion of an older card may have replaced the one that was published now.
                            job->is_compared_after = true;
                            // After the hooks have been told of it.
                            shard_->loop().post([this, job] { finish(job); });
                          });
}

bool VCard4::is_open(const std::string& user) {
  User* owner = shard_->users().find(user);
  const auto* node = owner ? PersonalNodes::find(*owner, xmpp::vcard::node) : nullptr;
  return node && node->config.access == xmpp::AccessModel::open;
}

void VCard4::take(const JobPtr& job) {
  with_data(job, cards::card, [this, job](std::optional<std::string> temp) {
    job->temp = std::move(temp);
    with_data(job, origin_key, [this, job](const std::optional<std::string>& origin) {
      const ReadCard published(text_of(job->published));
      // One that a client has stored meanwhile comes next, and counts.
      const auto& waiting = jobs_.find(job->user)->second.waiting;
      if (waiting && waiting->written) return finish(job);
      if (published.has_card() && is_open(job->user)) return merge(job, published, ReadCard(text_of(origin)));
      withdraw(job, ReadCard(text_of(origin)));
    });
  });
}

void VCard4::merge(const JobPtr& job, const ReadCard& published, const ReadCard& origin) {
  const ReadCard temp(text_of(job->temp));
  const auto changed = differences(temp.card(), published.card());
  if (changed.empty()) return finish(job);
  auto card = with(temp.element(), changed, published.card(), xmpp::vcard::temp_ns);
  if (card.size() > shard_->config().private_bytes) {
    return fail(job, Error{ErrorCode::no_space, "it is larger than people.private_bytes"});
  }
  shard_->store().put_data(job->user, std::string(cards::kind), std::string(origin_key),
                           with(origin.element(), changed, published.card(), xmpp::vcard::temp_ns), {});
  store(job, std::move(card));
}

// What the client has written into vcard-temp itself stays.
void VCard4::withdraw(const JobPtr& job, const ReadCard& origin) {
  if (!origin.has_card()) return finish(job);
  const ReadCard temp(text_of(job->temp));
  const auto gone = common(temp.card(), origin.card());
  shard_->store().remove_data(job->user, std::string(cards::kind), std::string(origin_key), {});
  if (gone.empty()) return finish(job);
  store(job, with(temp.element(), gone, {}, xmpp::vcard::temp_ns));
}

void VCard4::store(const JobPtr& job, std::string card) {
  auto then = [this, job, card](Result<void> done) {
    if (!is_running(job)) return;
    if (!done) return fail(job, done.error());
    const ReadCard now(&card);
    const auto profile = cards::profile_of(now.element());
    for (const auto& hook : shard_->hooks().profile_changed) hook(job->user, profile);
    finish(job);
  };
  shard_->store().put_data(job->user, std::string(cards::kind), std::string(cards::card), std::move(card),
                           {&shard_->loop(), std::move(then)});
}

}  // namespace
}  // namespace queqiao::server::vcard4

QUEQIAO_MODULE(vcard4, vcard4::VCard4)
