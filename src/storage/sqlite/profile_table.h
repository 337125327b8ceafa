#pragma once

#include <array>

#include "storage/sqlite/account_table.h"

namespace queqiao::storage::sqlite {

// The table profile: what people are found by. Writes belong into a transaction of the caller.
//
// A search walks the profiles in the order of names, which an index has with all that is asked for, and ends when the
// page is full: soon, when many fit. When few fit one of the things that are asked for, it takes those from that one's
// index instead.
class ProfileTable {
 public:
  explicit ProfileTable(Connection& connection) : connection_(connection) {}

  Profile get(std::string_view user);
  std::vector<FoundProfile> find(const ProfileQuery& query);
  void change(AccountId account, const ProfileChange& change);
  void remove(AccountId account) { remove_.run(account); }

 private:
  struct Range {
    std::string_view first, last;  // inclusive; empty: whatever
  };
  static const char* find_sql(std::size_t column);   // 0: in the order of names; else by that column's index
  static const char* count_sql(std::size_t column);  // from 1
  Statement& plan(const std::array<Range, 6>& wanted);

  Connection& connection_;
  Statement of_account_{connection_,
                        "SELECT '', nick, first, last, city, gender, birthday, is_found_by_user, is_found_by_profile, "
                        "shows_online FROM profile WHERE account=?"};
  Statement of_user_{connection_,
                     "SELECT a.name, coalesce(nick,''), coalesce(first,''), coalesce(last,''), coalesce(city,''), "
                     "coalesce(gender,''), coalesce(birthday,''), coalesce(is_found_by_user,1), "
                     "coalesce(is_found_by_profile,1), coalesce(shows_online,1), a.is_disabled "
                     "FROM account a LEFT JOIN profile p ON p.account=a.id WHERE a.name=?"};
  Statement in_order_{connection_, find_sql(0)};
  struct Column {
    Statement find;
    Statement count;  // how many are in a range, up to a bound
  };
  std::array<Column, 6> columns_{Column{{connection_, find_sql(1)}, {connection_, count_sql(1)}},
                                 Column{{connection_, find_sql(2)}, {connection_, count_sql(2)}},
                                 Column{{connection_, find_sql(3)}, {connection_, count_sql(3)}},
                                 Column{{connection_, find_sql(4)}, {connection_, count_sql(4)}},
                                 Column{{connection_, find_sql(5)}, {connection_, count_sql(5)}},
                                 Column{{connection_, find_sql(6)}, {connection_, count_sql(6)}}};
  Statement put_{connection_,
                 "INSERT INTO profile(account, nick, first, last, city, gender, birthday, is_found_by_user, "
                 "is_found_by_profile, shows_online, nick_key, first_key, last_key, city_key, name) "
                 "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,(SELECT name FROM account WHERE id=?1)) ON "
                 "CONFLICT(account) DO UPDATE SET nick=excluded.nick, "
                 "first=excluded.first, last=excluded.last, city=excluded.city, gender=excluded.gender, "
                 "birthday=excluded.birthday, is_found_by_user=excluded.is_found_by_user, "
                 "is_found_by_profile=excluded.is_found_by_profile, shows_online=excluded.shows_online, "
                 "nick_key=excluded.nick_key, first_key=excluded.first_key, last_key=excluded.last_key, "
                 "city_key=excluded.city_key"};
  Statement remove_{connection_, "DELETE FROM profile WHERE account=?"};
};

}  // namespace queqiao::storage::sqlite
