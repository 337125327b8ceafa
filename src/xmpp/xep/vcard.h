#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/element.h"
#include "xml/writer.h"

// A person's card: XEP-0054 vcard-temp 1.3, and RFC 6351 as XEP-0292 vCard4 Over XMPP 0.12 uses it (the item "current"
// of the node urn:xmpp:vcard4). What both can say and people fill in; the rest of a card is left out. Pure values: any
// thread.
namespace queqiao::xmpp {

namespace vcard {
inline constexpr std::string_view temp_ns = "vcard-temp";
inline constexpr std::string_view ns = "urn:ietf:params:xml:ns:vcard-4.0";
inline constexpr std::string_view node = "urn:xmpp:vcard4";
inline constexpr std::string_view item = "current";
}  // namespace vcard

struct VCardPhoto {
  std::string type;   // media type, as its publisher says
  std::string image;  // raw bytes
};

struct VCard {
  std::string full_name, family_name, given_name, middle_name, nickname;
  std::string birthday;  // as its owner wrote it, usually YYYY-MM-DD
  std::string gender;    // M, F, O, N or U; a word in vcard-temp, which has no rule for it
  std::vector<std::string> emails, phones;
  std::string country, region, locality, street, postal_code;
  std::string organization, title, role, url, note;
  std::optional<VCardPhoto> photo;  // vcard-temp alone: vCard4 leaves pictures to XEP-0084

  static std::optional<VCard> parse(const xml::Element& card);  // either format; nothing when it is none
  void write(xml::Writer& writer) const;                        // vCard4
  void write_temp(xml::Writer& writer) const;
};

// The image among the photos of a vcard-temp; nothing when there is none or it is not base64.
std::optional<VCardPhoto> read_photo(const xml::Element& card);
// <PHOTO/> of a vcard-temp.
void write_photo(xml::Writer& writer, const VCardPhoto& photo);

}  // namespace queqiao::xmpp
