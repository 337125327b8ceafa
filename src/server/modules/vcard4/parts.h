#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/stored_xml.h"
#include "xml/element.h"
#include "xmpp/xep/vcard.h"

// The parts of the module `vcard4`; nobody else includes this.
namespace queqiao::server::vcard4 {

// merging.cpp. What xmpp::VCard has of a property that both formats know. Both can say more about it than that (types,
// several addresses, a title before the name), so it is written anew only where this differs.
struct Property {
  std::string_view temp, name;  // its element in vcard-temp and in vCard4
  std::string (*value)(const xmpp::VCard&);
};
using Properties = std::vector<const Property*>;

Properties differences(const xmpp::VCard& one, const xmpp::VCard& other);
// Those that say something, and the same in both.
Properties common(const xmpp::VCard& one, const xmpp::VCard& other);

// `old` (which may be no element) in the format whose namespace is `ns`, with `changed` taken from `card`.
std::string with(const xml::Element& old, const Properties& changed, const xmpp::VCard& card, std::string_view ns);

// A stored card of either format, or of none.
class ReadCard {
 public:
  explicit ReadCard(const std::string* xml);
  bool has_card() const { return has_card_; }
  const xmpp::VCard& card() const { return card_; }  // an empty one when there is none
  xml::Element element() const { return has_card_ ? document_.root() : xml::Element(); }

 private:
  xml::Document document_;
  xmpp::VCard card_;
  bool has_card_ = false;
};

}  // namespace queqiao::server::vcard4
