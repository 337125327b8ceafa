// XEP-0402 PEP Native Bookmarks 1.1.4, 5.2: clients that keep their bookmarks in private storage (XEP-0048 1.0 in
// XEP-0049) and those that publish them see the same ones. Items of the node are the truth: what private storage is
// asked for is made of them, and what is written there is published, where it differs. What private storage itself has
// stored keeps only what cannot be published.
#include <algorithm>
#include <memory>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "parts.h"
#include "server/private_data.h"

namespace queqiao::server::bookmarks {
namespace {

using Items = std::vector<Published>;
using Answer = std::shared_ptr<SharedAnswer>;

bool is_storage(const xml::Element& element) {
  return element.is("storage", storage_ns);
}

// A list of private storage on its way into the node.
struct Take {
  std::string user;
  std::vector<Bookmark> wanted;
  std::string rest;              // the list without them
  std::vector<Answer> answers;   // that wait for it: of this list, the last, and of older ones that it replaces
  std::size_t open_changes = 0;  // the store has not answered
  bool is_taken = true;          // by the node, as far as is known
};

// One list is taken after the other, as each is compared with what the one before has left. Of those that wait only
// the last counts.
struct Takes {
  std::shared_ptr<Take> running, waiting;
};

class Bookmarks final : public Module {
 public:
  void attach(Shard& shard) override;

 private:
  using TakePtr = std::shared_ptr<Take>;

  std::optional<xmpp::StanzaError> offered(User& user, const xml::Element& storage, const Answer& answer);
  void with_items(const std::string& user, bool with_extensions, UniqueFunction<void(Result<Items>)> then);
  void with_stored(const std::string& user, UniqueFunction<void(Result<xml::Element>)> then);
  void show(IqRequest request);

  void take(User& user, const xml::Element& storage, const Answer& answer);
  void start(const TakePtr& take);
  void publish_changes(User& user, const TakePtr& take, const Items& present);
  void publish(User& user, const TakePtr& take, const Bookmark& bookmark, const std::string& extensions);
  void retract(User& user, const TakePtr& take, const std::string& room);
  void changed(const TakePtr& take, const Result<void>& outcome);
  void fail(const TakePtr& take, const Error& error);
  void finish(const TakePtr& take);
  bool is_newest(const Take& take);

  void convert_old(User& user);

  Shard* shard_ = nullptr;                          // not owned
  TextMap<Takes> takes_;                            // by account
  TextMap<std::weak_ptr<SharedAnswer>> last_sets_;  // by account: gone when nothing is being stored
};

void Bookmarks::attach(Shard& shard) {
  shard_ = &shard;
  shard.advertise_account(std::string(node_name).append("#compat"));
  auto& hooks = shard.hooks();
  hooks.private_asked.push_back([this](IqRequest& request, const xml::Element& element) {
    const auto* node = is_storage(element) ? PersonalNodes::find(*request.user, node_name) : nullptr;
    if (!node || !is_private(*node)) return false;
    show(std::move(request));
    return true;
  });
  hooks.private_offered.push_back([this](User& user, const xml::Element& element, const Answer& answer) {
    return is_storage(element) ? offered(user, element, answer) : std::nullopt;
  });
  hooks.private_stored.push_back([this](User& user, const xml::Element& element, const Answer& answer) {
    if (is_storage(element)) take(user, element, answer);
  });
  hooks.bound.push_back([this](Session& session) { convert_old(session.user()); });
  hooks.user_deleted.push_back([this](User& user) {
    takes_.erase(user.name);
    last_sets_.erase(user.name);
  });
}

// Every bookmark may become a write of its own.
std::optional<xmpp::StanzaError> Bookmarks::offered(User& user, const xml::Element& storage, const Answer& answer) {
  if (has_more_than(storage, shard_->config().bookmarks)) {
    return xmpp::StanzaError::of(xmpp::StanzaCondition::policy_violation, "Those are too many bookmarks.");
  }
  last_sets_[user.name] = answer;
  return std::nullopt;
}

// All of them or an error: from a part it would look as if the rest had been removed.
void Bookmarks::with_items(const std::string& user, bool with_extensions, UniqueFunction<void(Result<Items>)> then) {
  const auto& config = shard_->config();
  storage::PubsubQuery query;
  query.limit = std::min(config.pep_items, config.bookmarks);
  query.max_bytes = config.pep_answer_bytes;
  auto answered = [with_extensions, then = std::move(then)](Result<storage::PubsubPage> page) mutable {
    if (!page) return then(page.error());
    if (!page->is_complete) return then(Error{ErrorCode::no_space, "there are too many bookmarks"});
    then(read_items(*page, with_extensions));
  };
  shard_->store().get_items(user, std::string(node_name), std::move(query), {&shard_->loop(), std::move(answered)});
}

// What private storage itself has; no element when there is nothing.
void Bookmarks::with_stored(const std::string& user, UniqueFunction<void(Result<xml::Element>)> then) {
  auto answered = [then = std::move(then)](Result<std::optional<std::string>> stored) mutable {
    if (!stored) return then(stored.error());
    xml::Document document;
    const bool is_read = *stored && xml::parse_element(**stored, document, stored_xml_limits) == xml::ParseError::none;
    then(is_read ? document.root() : xml::Element());
  };
  shard_->store().get_data(user, std::string(private_data::kind), private_data::key_of("storage", storage_ns),
                           {&shard_->loop(), std::move(answered)});
}

void Bookmarks::show(IqRequest request) {
  const std::string name = request.user->name;
  with_items(name, false, [this, name, request = std::move(request)](Result<Items> items) mutable {
    if (!items) return request.reply_error(items.error());
    with_stored(name, [items = *std::move(items), request = std::move(request)](Result<xml::Element> stored) mutable {
      if (!stored) return request.reply_error(stored.error());
      request.reply("<query xmlns='jabber:iq:private'>" + storage_of(items, *stored) + "</query>");
    });
  });
}

// `answer`: none when nobody waits.
void Bookmarks::take(User& user, const xml::Element& storage, const Answer& answer) {
  const auto take = std::make_shared<Take>(Take{.user = user.name, .wanted = read_storage(storage)});
  take->rest = storage_of({}, storage);
  auto& takes = takes_[user.name];
  if (takes.waiting) take->answers = std::move(takes.waiting->answers);
  if (answer) take->answers.push_back(answer);
  if (takes.running) {
    takes.waiting = take;
  } else {
    takes.running = take;
    start(take);
  }
}

// Where the node cannot have them, private storage keeps them.
void Bookmarks::start(const TakePtr& take) {
  with_items(take->user, true, [this, take](Result<Items> present) {
    User* user = shard_->users().find(take->user);
    const auto* node = user ? PersonalNodes::find(*user, node_name) : nullptr;
    const bool is_possible = node ? is_private(*node) : user && user->nodes.size() < shard_->config().pep_nodes;
    if (!is_possible) {
      take->is_taken = false;
    } else if (!present) {
      fail(take, present.error());
    } else {
      return publish_changes(*user, take, *present);
    }
    finish(take);
  });
}

// 5.2.2: what is as it was is not told again.
void Bookmarks::publish_changes(User& user, const TakePtr& take, const Items& present) {
  ++take->open_changes;  // this one
  for (const auto& bookmark : take->wanted) {
    const auto old = std::find_if(present.begin(), present.end(),
                                  [&](const auto& item) { return item.bookmark.room == bookmark.room; });
    if (old == present.end()) {
      publish(user, take, bookmark, {});
    } else if (old->bookmark != bookmark) {
      publish(user, take, bookmark, old->extensions);
    }
  }
  for (const auto& item : present) {
    const auto is_same = [&](const auto& bookmark) { return bookmark.room == item.bookmark.room; };
    if (std::none_of(take->wanted.begin(), take->wanted.end(), is_same)) retract(user, take, item.bookmark.room);
  }
  changed(take, {});
}

void Bookmarks::publish(User& user, const TakePtr& take, const Bookmark& bookmark, const std::string& extensions) {
  const auto* there = PersonalNodes::find(user, node_name);
  ++take->open_changes;
  shard_->nodes().publish(user, there ? *there : private_node(), {bookmark.room, {}, item_of(bookmark, extensions)},
                          [this, take](Result<void> done) { changed(take, done); });
}

void Bookmarks::retract(User& user, const TakePtr& take, const std::string& room) {
  ++take->open_changes;
  shard_->nodes().retract(user, node_name, room, true, [this, take](Result<void> done) {
    // Another client may have removed it meanwhile.
    const bool is_gone = !done && done.error().code == ErrorCode::not_found;
    changed(take, is_gone ? Result<void>() : done);
  });
}

void Bookmarks::changed(const TakePtr& take, const Result<void>& outcome) {
  if (!outcome) fail(take, outcome.error());
  if (--take->open_changes == 0) finish(take);
}

void Bookmarks::fail(const TakePtr& take, const Error& error) {
  if (take->is_taken) log::warning("bookmarks of {} are not published: {}", take->user, error.message);
  take->is_taken = false;
  for (const auto& answer : take->answers) answer->fail(error);
}

// What the node has now would come back from private storage if the node were deleted.
void Bookmarks::finish(const TakePtr& take) {
  const auto takes = takes_.find(take->user);
  if (takes == takes_.end() || takes->second.running != take) return;  // the account was deleted
  if (is_newest(*take) && take->is_taken && !take->wanted.empty()) {
    shard_->store().put_data(take->user, std::string(private_data::kind), private_data::key_of("storage", storage_ns),
                             take->rest, {});
  }
  take->answers.clear();
  const auto next = std::exchange(takes->second.waiting, nullptr);
  takes->second.running = next;
  if (next) return start(next);
  takes_.erase(takes);
}

// True: what private storage has is this list, and no other is being written.
bool Bookmarks::is_newest(const Take& take) {
  const auto last = last_sets_.find(take.user);
  const auto answer = last == last_sets_.end() ? nullptr : last->second.lock();
  if (answer && (take.answers.empty() || take.answers.back() != answer)) return false;
  if (last != last_sets_.end()) last_sets_.erase(last);
  return true;
}

// Those of before this module was there.
void Bookmarks::convert_old(User& user) {
  const auto keys = user.login_data.find(private_data::keys_key);
  if (keys == user.login_data.end() || PersonalNodes::find(user, node_name)) return;
  const auto known = split(keys->second, '\n');
  if (std::find(known.begin(), known.end(), private_data::key_of("storage", storage_ns)) == known.end()) return;
  with_stored(user.name, [this, name = user.name](Result<xml::Element> stored) {
    User* there = stored && *stored ? shard_->users().find(name) : nullptr;
    // A client that has just logged in may have been faster.
    if (!there || PersonalNodes::find(*there, node_name) || takes_.contains(name)) return;
    if (!has_more_than(*stored, shard_->config().bookmarks)) take(*there, *stored, nullptr);
  });
}

}  // namespace
}  // namespace queqiao::server::bookmarks

QUEQIAO_MODULE(bookmarks, bookmarks::Bookmarks)
