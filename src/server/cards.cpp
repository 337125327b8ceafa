#include "server/cards.h"

#include "base/text.h"
#include "base/time_text.h"

namespace queqiao::server::cards {

// vcard-temp has no gender; clients that need one write this.
storage::ProfileChange profile_of(const xml::Element& element) {
  const auto text = [](const xml::Element& child) { return std::string(trim(child.text())); };
  const auto name = element.child("N");
  auto birthday = text(element.child("BDAY"));
  if (birthday.size() != 10 || !parse_date_time(birthday + "T00:00:00Z")) birthday.clear();
  auto first = text(name.child("GIVEN"));
  const auto last = text(name.child("FAMILY"));
  if (first.empty() && last.empty()) first = text(element.child("FN"));
  return {.nick = text(element.child("NICKNAME")),
          .first = first,
          .last = last,
          .city = text(element.child("ADR").child("LOCALITY")),
          .gender = ascii_lower(text(element.child("GENDER"))),
          .birthday = birthday,
          .is_found_by_user = {},
          .is_found_by_profile = {},
          .shows_online = {}};
}

}  // namespace queqiao::server::cards
