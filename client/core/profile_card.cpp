#include "client/core/profile_card.h"

#include "client/core/qt_text.h"

namespace queqiao::client {
namespace {

constexpr qsizetype longest_field = 500;
constexpr qsizetype longest_about = 4000;

QString field(std::string_view text) {
  return to_qt(text).simplified().left(longest_field);
}

// RFC 6350 6.2.7: M, F, O (other), N (none), U (unknown).
Gender gender_of(std::string_view letter) {
  if (letter == "M") return Gender::male;
  if (letter == "F") return Gender::female;
  if (letter == "O" || letter == "N") return Gender::other;
  return Gender::unknown;
}

std::string_view letter_of(Gender gender) {
  switch (gender) {
    case Gender::male:
      return "M";
    case Gender::female:
      return "F";
    case Gender::other:
      return "O";
    case Gender::unknown:
      break;
  }
  return {};
}

void put_first(std::vector<std::string>& values, const QString& text) {
  if (!values.empty()) values.erase(values.begin());
  if (!text.isEmpty()) values.insert(values.begin(), to_utf8(text));
}

}  // namespace

Profile to_profile(const xmpp::VCard& card) {
  Profile profile;
  profile.nickname = field(card.nickname);
  profile.full_name = field(card.full_name);
  if (profile.full_name.isEmpty()) profile.full_name = field(card.given_name + " " + card.family_name);
  profile.city = field(card.locality);
  profile.country = field(card.country);
  if (!card.emails.empty()) profile.email = field(card.emails.front());
  if (!card.phones.empty()) profile.phone = field(card.phones.front());
  profile.website = field(card.url);
  profile.about = to_qt(card.note).trimmed().left(longest_about);
  profile.gender = gender_of(card.gender);
  profile.birthday = QDate::fromString(to_qt(card.birthday).trimmed().left(10), Qt::ISODate);
  return profile;
}

void put_into(xmpp::VCard& card, const Profile& profile) {
  card.nickname = to_utf8(profile.nickname);
  card.full_name = to_utf8(profile.full_name);
  card.locality = to_utf8(profile.city);
  card.country = to_utf8(profile.country);
  put_first(card.emails, profile.email);
  put_first(card.phones, profile.phone);
  card.url = to_utf8(profile.website);
  card.note = to_utf8(profile.about);
  card.gender = letter_of(profile.gender);
  card.birthday = to_utf8(profile.birthday.toString(Qt::ISODate));
}

}  // namespace queqiao::client
