#include "storage/profile_match.h"

#include "base/search_terms.h"

namespace queqiao::storage {
namespace {

template <class T>
void set(T& value, const std::optional<T>& wanted) {
  if (wanted) value = *wanted;
}

bool begins_with(const std::string& text, const std::string& wanted) {
  return wanted.empty() || fold_case(text).starts_with(fold_case(wanted));
}

bool is_born_between(const std::string& birthday, const ProfileQuery& query) {
  if (query.born_from.empty() && query.born_until.empty()) return true;
  if (birthday.empty() || birthday < query.born_from) return false;
  return query.born_until.empty() || birthday <= query.born_until;
}

}  // namespace

void apply(Profile& profile, const ProfileChange& change) {
  set(profile.nick, change.nick);
  set(profile.first, change.first);
  set(profile.last, change.last);
  set(profile.city, change.city);
  set(profile.gender, change.gender);
  set(profile.birthday, change.birthday);
  set(profile.is_found_by_user, change.is_found_by_user);
  set(profile.is_found_by_profile, change.is_found_by_profile);
  set(profile.shows_online, change.shows_online);
}

bool matches(const User& user, const Profile& profile, const ProfileQuery& query) {
  if (!query.user.empty()) return profile.is_found_by_user && user == query.user && user > query.after;
  return profile.is_found_by_profile && user > query.after && begins_with(profile.nick, query.nick) &&
         begins_with(profile.first, query.first) && begins_with(profile.last, query.last) &&
         begins_with(profile.city, query.city) && (query.gender.empty() || profile.gender == query.gender) &&
         is_born_between(profile.birthday, query);
}

}  // namespace queqiao::storage
