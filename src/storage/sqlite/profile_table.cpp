#include "storage/sqlite/profile_table.h"

#include <fmt/format.h>

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

// What people are found by; each has an index.
struct Column {
  std::string_view index, name;
};
constexpr std::array<Column, 6> columns{{{"profile_nick", "nick_key"},
                                         {"profile_first", "first_key"},
                                         {"profile_last", "last_key"},
                                         {"profile_city", "city_key"},
                                         {"profile_gender", "gender"},
                                         {"profile_birthday", "birthday"}}};

// So many profiles are looked up and sorted by name rather than looking for those that fit in the order of names.
constexpr std::int64_t few = 2'000;

// The keys are the texts without upper case; those that begin with ?2 are from ?2 up to ?3.
std::string find_by(std::string_view index) {
  return fmt::format(
      "SELECT name, nick, first, last, city, gender, birthday, is_found_by_user, is_found_by_profile, shows_online "
      "FROM profile INDEXED BY {} WHERE is_found_by_profile=1 AND name>?1 "
      "AND nick_key BETWEEN ?2 AND ?3 AND first_key BETWEEN ?4 AND ?5 AND last_key BETWEEN ?6 AND ?7 "
      "AND city_key BETWEEN ?8 AND ?9 AND gender BETWEEN ?10 AND ?11 AND birthday BETWEEN ?12 AND ?13 "
      "AND (SELECT is_disabled FROM account WHERE id=profile.account)=0 ORDER BY name LIMIT ?14",
      index);
}

struct Prefix {
  explicit Prefix(const std::string& text) : first(fold_case(text)), last(first + std::string(last_character)) {}
  std::string first, last;
};

}  // namespace

const char* ProfileTable::find_sql(std::size_t column) {
  static const auto all = [] {
    std::array<std::string, columns.size() + 1> made{find_by("profile_in_order")};
    for (std::size_t i = 0; i < columns.size(); ++i) made[i + 1] = find_by(columns[i].index);
    return made;
  }();
  return all[column].c_str();
}

const char* ProfileTable::count_sql(std::size_t column) {
  static const auto all = [] {
    std::array<std::string, columns.size()> made;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      made[i] = fmt::format(
          "SELECT count(*) FROM (SELECT 1 FROM profile INDEXED BY {} WHERE is_found_by_profile=1 "
          "AND {} BETWEEN ? AND ? LIMIT ?)",
          columns[i].index, columns[i].name);
    }
    return made;
  }();
  return all[column - 1].c_str();
}

Statement& ProfileTable::plan(const std::array<Range, 6>& wanted) {
  Statement* best = &in_order_;
  std::int64_t fewest = few;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].first.empty()) continue;
    Rows rows = columns_[i].count.query(wanted[i].first, wanted[i].last, fewest);
    if (!rows.next() || rows.integer(0) >= fewest) continue;
    fewest = rows.integer(0);
    best = &columns_[i].find;
  }
  return *best;
}

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
  Statement& statement = plan({Range{nick.first, nick.last},
                               {first.first, first.last},
                               {last.first, last.last},
                               {city.first, city.last},
                               {query.gender, query.gender},
                               {born_from, born_until}});
  const auto last_gender = query.gender.empty() ? last_character : std::string_view(query.gender);
  Rows rows = statement.query(query.after, nick.first, nick.last, first.first, first.last, last.first, last.last,
                              city.first, city.last, query.gender, last_gender, born_from, born_until, query.limit);
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
