#pragma once

#include "storage/sqlite/account_table.h"

namespace queqiao::storage::sqlite {

// The table profile: what people are found by. Writes belong into a transaction of the caller.
class ProfileTable {
 public:
  explicit ProfileTable(Connection& connection) : connection_(connection) {}

  Profile get(std::string_view user);
  std::vector<FoundProfile> find(const ProfileQuery& query);
  void change(AccountId account, const ProfileChange& change);
  void remove(AccountId account) { remove_.run(account); }

 private:
  Connection& connection_;
  Statement of_account_{connection_,
                        "SELECT '', nick, first, last, city, gender, birthday, is_found_by_user, is_found_by_profile, "
                        "shows_online FROM profile WHERE account=?"};
  Statement of_user_{connection_,
                     "SELECT a.name, coalesce(nick,''), coalesce(first,''), coalesce(last,''), coalesce(city,''), "
                     "coalesce(gender,''), coalesce(birthday,''), coalesce(is_found_by_user,1), "
                     "coalesce(is_found_by_profile,1), coalesce(shows_online,1), a.is_disabled "
                     "FROM account a LEFT JOIN profile p ON p.account=a.id WHERE a.name=?"};
  // The keys are the texts without upper case; those that begin with ?2 are from ?2 up to ?3.
  Statement find_{connection_,
                  "SELECT a.name, nick, first, last, city, gender, birthday, is_found_by_user, is_found_by_profile, "
                  "shows_online FROM profile p JOIN account a ON a.id=p.account "
                  "WHERE is_found_by_profile=1 AND a.is_disabled=0 AND a.name>?1 "
                  "AND nick_key BETWEEN ?2 AND ?3 AND first_key BETWEEN ?4 AND ?5 AND last_key BETWEEN ?6 AND ?7 "
                  "AND city_key BETWEEN ?8 AND ?9 AND (?10='' OR gender=?10) AND birthday BETWEEN ?11 AND ?12 "
                  "ORDER BY a.name LIMIT ?13"};
  Statement put_{connection_,
                 "INSERT INTO profile(account, nick, first, last, city, gender, birthday, is_found_by_user, "
                 "is_found_by_profile, shows_online, nick_key, first_key, last_key, city_key) "
                 "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(account) DO UPDATE SET nick=excluded.nick, "
                 "first=excluded.first, last=excluded.last, city=excluded.city, gender=excluded.gender, "
                 "birthday=excluded.birthday, is_found_by_user=excluded.is_found_by_user, "
                 "is_found_by_profile=excluded.is_found_by_profile, shows_online=excluded.shows_online, "
                 "nick_key=excluded.nick_key, first_key=excluded.first_key, last_key=excluded.last_key, "
                 "city_key=excluded.city_key"};
  Statement remove_{connection_, "DELETE FROM profile WHERE account=?"};
};

}  // namespace queqiao::storage::sqlite
