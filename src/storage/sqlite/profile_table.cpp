#include "storage/sqlite/profile_table.h"

#include "base/search_terms.h"
#include "storage/profile_match.h"

namespace queqiao::storage::sqlite {
namespace {

// Behind every text that begins with what it is appended to.
constexpr std::string_view last_character = "\U0010FFFF";

FoundProfile read(const Rows& rows) {
  FoundProfile found;
  found.user = rows.bytes(0);
  found.profile = {.nick = rows.bytes(1),
                   .first = rows.bytes(2),
                   .last = rows.bytes(3),
                   .city = rows.bytes(4),
                   .gender = rows.bytes(5),
                   .birthday = rows.bytes(6),
                   .is_found_by_user = rows.flag(7),
                   .is_found_by_profile = rows.flag(8),
                   .shows_online = rows.flag(9)};
  return found;
}

struct Prefix {
  explicit Prefix(const std::string& text) : first(fold_case(text)), last(first + std::string(last_character)) {}
  std::string first, last;
};

}  // namespace

Profile ProfileTable::get(std::string_view user) {
  Rows rows = of_user_.query(user);
  return rows.next() ? read(rows).profile : Profile{};
}

std::vector<FoundProfile> ProfileTable::find(const ProfileQuery& query) {
  std::vector<FoundProfile> found;
  if (!query.user.empty()) {
    Rows rows = of_user_.query(query.user);
    if (!rows.next() || rows.flag(10) || query.limit == 0) return found;
    auto one = read(rows);
    if (matches(one.user, one.profile, query)) found.push_back(std::move(one));
    return found;
  }
  const Prefix nick(query.nick), first(query.first), last(query.last), city(query.city);
  // Somebody without a birthday is found only when none is asked for.
  const bool asks_for_age = !query.born_from.empty() || !query.born_until.empty();
  const std::string born_from = asks_for_age && query.born_from.empty() ? "0" : query.born_from;
  const std::string born_until(query.born_until.empty() ? last_character : std::string_view(query.born_until));
  Rows rows = find_.query(query.after, nick.first, nick.last, first.first, first.last, last.first, last.last,
                          city.first, city.last, query.gender, born_from, born_until, query.limit);
  while (rows.next()) found.push_back(read(rows));
  return found;
}

void ProfileTable::change(AccountId account, const ProfileChange& change) {
  Profile profile;
  if (Rows rows = of_account_.query(account); rows.next()) profile = read(rows).profile;
  apply(profile, change);
  const auto nick = fold_case(profile.nick), first = fold_case(profile.first), last = fold_case(profile.last),
             city = fold_case(profile.city);
  put_.run(account, profile.nick, profile.first, profile.last, profile.city, profile.gender, profile.birthday,
           profile.is_found_by_user, profile.is_found_by_profile, profile.shows_online, nick, first, last, city);
}

}  // namespace queqiao::storage::sqlite
