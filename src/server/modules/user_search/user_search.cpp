// XEP-0055 Jabber Search 1.2 with the fields of docs/protocol/search.md, and who may be found how
// (urn:queqiao:profile-privacy:0). The store has the profiles; who is online, the shards know.
#include <map>
#include <utility>

#include "base/search_terms.h"
#include "base/text.h"
#include "server/modules/user_search/ages.h"
#include "server/shard.h"
#include "xml/writer.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/user_search.h"

namespace queqiao::server {
namespace {

using storage::FoundProfile;
using xmpp::StanzaCondition;
using xmpp::StanzaError;

constexpr std::uint32_t profiles_read = 1'000;  // for one answer, when most of them are not online

std::size_t characters_in(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  return count;
}

// Who asks for everybody collects addresses: something must be known of whom one looks for.
bool is_specific(const xmpp::UserSearch& search) {
  if (!search.user.empty()) return true;
  for (const auto* text : {&search.nick, &search.first, &search.last, &search.city}) {
    if (characters_in(fold_case(*text)) >= 2) return true;
  }
  return false;
}

std::variant<storage::ProfileQuery, StanzaError> translate(const xmpp::UserSearch& search, const std::string& domain,
                                                           WallTime now) {
  if (search.page.index || search.page.before) {
    return StanzaError::of(StanzaCondition::feature_not_implemented, "Pages of this search go forward only.");
  }
  if (!is_specific(search)) {
    return StanzaError::of(StanzaCondition::not_acceptable,
                           "Give a number or user name, or two characters of a nickname, a name or a city.");
  }
  storage::ProfileQuery query;
  if (!search.user.empty()) {
    const auto jid = xmpp::Jid::parse(search.user);
    const bool is_here = jid && (jid->is_domain() || jid->domain() == domain);
    const auto name = !is_here ? std::nullopt : xmpp::normalize_local(jid->is_domain() ? search.user : jid->local());
    query.user = name.value_or(search.user);  // what cannot be a name is nobody's
  }
  query.nick = search.nick;
  query.first = search.first;
  query.last = search.last;
  query.city = search.city;
  query.gender = search.gender;
  if (search.age_from) query.born_until = user_search::last_birthday_at(*search.age_from, now);
  if (search.age_to) query.born_from = user_search::first_birthday_at(*search.age_to, now);
  query.after = search.page.after.value_or(std::string());
  return query;
}

class UserSearch final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.advertise(xmpp::ns::user_search);
    shard.advertise_account(xmpp::ns::profile_privacy);
    shard.on_iq(iq_target::server, "query", xmpp::ns::user_search, [this](IqRequest request) {
      if (request.is_set()) return start(std::move(request));
      std::string form;
      xml::Writer writer(form);
      xmpp::write_user_search_form(writer);
      request.reply(form);
    });
    shard.on_iq(iq_target::own_account, "privacy", xmpp::ns::profile_privacy,
                [this](IqRequest request) { answer_privacy(std::move(request)); });
    shard.hooks().profile_changed.push_back([&shard](const std::string& user, const storage::ProfileChange& change) {
      shard.store().change_profile(user, change, {});
    });
  }

 private:
  // A search that waits for the store or for other shards. It stays here, since an IqRequest belongs to its shard.
  struct Search {
    IqRequest request;
    xmpp::UserSearch wanted;
    storage::ProfileQuery query;
    xmpp::FoundUsers found;
    std::vector<FoundProfile> batch;  // of which it is not known yet who is online
    std::size_t most = 0;
    std::uint32_t read = 0;
    std::size_t shards_asked = 0;
    std::map<std::string, bool> online;
  };

  void start(IqRequest request) {
    auto parsed = xmpp::UserSearch::parse(request.payload);
    if (const auto* error = std::get_if<StanzaError>(&parsed)) return request.reply_error(*error);
    auto wanted = std::get<xmpp::UserSearch>(std::move(parsed));
    auto query = translate(wanted, shard_->domain(), shard_->loop().wall_time());
    if (const auto* error = std::get_if<StanzaError>(&query)) return request.reply_error(*error);
    const auto& config = shard_->config();
    if (!made_.take(request.from().local(), config.searches_per_minute, shard_->loop().now())) {
      auto error = StanzaError::of(StanzaCondition::policy_violation, "You search too often. Wait a minute.");
      error.type = xmpp::ErrorType::wait;
      return request.reply_error(error);
    }
    Search search{.request = std::move(request),
                  .wanted = std::move(wanted),
                  .query = std::get<storage::ProfileQuery>(std::move(query)),
                  .found = {},
                  .batch = {},
                  .online = {}};
    search.most = std::min(search.wanted.page.max.value_or(config.search_page), config.search_page);
    search.found.has_form = search.wanted.has_form;
    const auto id = ++last_search_;
    searches_.emplace(id, std::move(search));
    if (searches_.at(id).most == 0) return answer(id);
    read(id);
  }

  void read(std::uint64_t id) {
    auto& query = searches_.at(id).query;
    query.limit = shard_->config().search_page;
    shard_->store().find_profiles(query, {&shard_->loop(), [this, id](Result<std::vector<FoundProfile>> batch) {
                                            if (!batch) return take(id).request.reply_error(batch.error());
                                            searches_.at(id).batch = *std::move(batch);
                                            ask_who_is_online(id);
                                          }});
  }

  // XEP-0191 and XEP-0186: one who hides from the asker, or from everybody, looks offline.
  void ask_who_is_online(std::uint64_t id) {
    auto& search = searches_.at(id);
    std::map<unsigned, std::vector<std::string>> by_shard;
    for (const auto& [user, profile] : search.batch) {
      if (profile.shows_online) by_shard[shard_->shards().home_of(user)].push_back(user);
    }
    search.shards_asked = by_shard.size();
    if (by_shard.empty()) return go_through(id);
    for (auto& [index, users] : by_shard) {
      shard_->shards().post(index, [this, id, home = shard_->index(), asker = search.request.from(),
                                    users = std::move(users)](Shard& there) {
        std::vector<std::string> online;
        for (const auto& name : users) {
          if (is_online_for(there, name, asker)) online.push_back(name);
        }
        there.shards().post(home, [this, id, online = std::move(online)](Shard&) { heard(id, online); });
      });
    }
  }

  static bool is_online_for(Shard& there, const std::string& name, const xmpp::Jid& asker) {
    const User* user = there.users().find(name);
    if (!user || !user->is_online()) return false;
    for (const auto& blocks : there.hooks().blocks) {
      if (blocks(*user, asker)) return false;
    }
    return true;
  }

  void heard(std::uint64_t id, const std::vector<std::string>& online) {
    auto& search = searches_.at(id);
    for (const auto& name : online) search.online[name] = true;
    if (--search.shards_asked == 0) go_through(id);
  }

  void go_through(std::uint64_t id) {
    auto& search = searches_.at(id);
    const bool has_more = search.batch.size() == search.query.limit;
    search.read += static_cast<std::uint32_t>(search.batch.size());
    for (const auto& found : search.batch) {
      search.query.after = found.user;
      auto user = describe(found, search.online.contains(found.user));
      if (search.wanted.is_online_only && !user.is_online) continue;
      search.found.users.push_back(std::move(user));
      if (search.found.users.size() == search.most) return answer(id);
    }
    search.batch.clear();
    if (has_more && search.read < profiles_read) return read(id);
    answer(id);
  }

  // Who is found by number alone has kept the rest to those who read the profile.
  xmpp::FoundUser describe(const FoundProfile& found, bool is_online) const {
    const auto& [name, profile] = found;
    xmpp::FoundUser user{.jid = *xmpp::Jid::from_parts(name, shard_->domain(), {}),
                         .user = name,
                         .nick = {},
                         .first = {},
                         .last = {},
                         .city = {},
                         .gender = {},
                         .age = {},
                         .is_online = is_online};
    if (!profile.is_found_by_profile) return user;
    user.nick = profile.nick;
    user.first = profile.first;
    user.last = profile.last;
    user.city = profile.city;
    user.gender = profile.gender;
    user.age = user_search::age_of(profile.birthday, shard_->loop().wall_time());
    return user;
  }

  void answer(std::uint64_t id) {
    auto search = take(id);
    auto& found = search.found;
    if (!found.users.empty()) {
      found.page.first = found.users.front().user;
      found.page.last = found.users.back().user;
    }
    search.request.reply(xmpp::to_xml(found));
  }

  Search take(std::uint64_t id) {
    auto node = searches_.extract(id);
    return std::move(node.mapped());
  }

  void answer_privacy(IqRequest request) {
    const std::string name = request.user->name;
    if (request.is_set()) return set_privacy(std::move(request), name);
    auto then = [request = std::move(request)](Result<storage::Profile> profile) mutable {
      if (!profile) return request.reply_error(profile.error());
      request.reply(xmpp::to_xml(
          xmpp::ProfilePrivacy{profile->is_found_by_user, profile->is_found_by_profile, profile->shows_online}));
    };
    shard_->store().get_profile(name, {&shard_->loop(), std::move(then)});
  }

  void set_privacy(IqRequest request, const std::string& name) {
    // What the form leaves out reads the same over either default, and stays.
    const auto given = xmpp::ProfilePrivacy::parse(request.payload, {true, true, true});
    const auto other = xmpp::ProfilePrivacy::parse(request.payload, {false, false, false});
    if (!given || !other) return request.reply_error(StanzaCondition::bad_request, "The form cannot be read.");
    const auto wish = [&](bool xmpp::ProfilePrivacy::*value) {
      return (*given).*value == (*other).*value ? std::optional((*given).*value) : std::nullopt;
    };
    storage::ProfileChange change;
    change.is_found_by_user = wish(&xmpp::ProfilePrivacy::is_found_by_user);
    change.is_found_by_profile = wish(&xmpp::ProfilePrivacy::is_found_by_profile);
    change.shows_online = wish(&xmpp::ProfilePrivacy::shows_online);
    auto then = [request = std::move(request)](Result<void> done) mutable {
      if (!done) return request.reply_error(done.error());
      request.reply();
    };
    shard_->store().change_profile(name, std::move(change), {&shard_->loop(), std::move(then)});
  }

  Shard* shard_ = nullptr;                   // not owned
  RateTable made_{std::chrono::minutes(1)};  // searches, by account
  std::map<std::uint64_t, Search> searches_;
  std::uint64_t last_search_ = 0;
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(user_search, UserSearch)
