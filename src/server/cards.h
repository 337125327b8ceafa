#pragma once

#include <string_view>

#include "storage/store.h"
#include "xml/element.h"

// Where a user's vCard is (storage::Store::put_data).
namespace queqiao::server::cards {

inline constexpr std::string_view kind = "vcard";
inline constexpr std::string_view card = "";  // as the user's client has stored it (XEP-0054)
// The <PHOTO/> that stands in place of the card's own: that of the user's avatar (XEP-0398 3.1). Empty: there is none.
// What is apart from the card need not be written into it, so neither can undo what a client writes at the same time.
inline constexpr std::string_view photo = "photo";

// What others find the user by (XEP-0055), of a card in that format.
storage::ProfileChange profile_of(const xml::Element& element);

}  // namespace queqiao::server::cards
