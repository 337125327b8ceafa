#include "xmpp/xep/vcard.h"

#include <array>
#include <utility>

#include "base/encoding.h"
#include "base/text.h"

namespace queqiao::xmpp {
namespace {

// A property that is one text in both formats: its element in vcard-temp, in vCard4, and what holds the text there.
struct Property {
  std::string VCard::*field;
  std::string_view temp, name, value;
};
constexpr std::array<Property, 7> properties{{
    {&VCard::full_name, "FN", "fn", "text"},
    {&VCard::nickname, "NICKNAME", "nickname", "text"},
    {&VCard::birthday, "BDAY", "bday", "date"},
    {&VCard::title, "TITLE", "title", "text"},
    {&VCard::role, "ROLE", "role", "text"},
    {&VCard::url, "URL", "url", "uri"},
    {&VCard::note, "DESC", "note", "text"},
}};

// A part of a name or of an address: its element inside N or ADR, inside n or adr.
struct Part {
  std::string VCard::*field;
  std::string_view temp, name;
};
constexpr std::array<Part, 3> name_parts{{
    {&VCard::family_name, "FAMILY", "surname"},
    {&VCard::given_name, "GIVEN", "given"},
    {&VCard::middle_name, "MIDDLE", "additional"},
}};
constexpr std::array<Part, 5> address_parts{{
    {&VCard::street, "STREET", "street"},
    {&VCard::locality, "LOCALITY", "locality"},
    {&VCard::region, "REGION", "region"},
    {&VCard::postal_code, "PCODE", "code"},
    {&VCard::country, "CTRY", "country"},
}};

constexpr std::string_view phone_scheme = "tel:";

// RFC 6350 6.2.7 has letters; vcard-temp has nothing, and clients that need it write a word.
struct GenderWord {
  std::string_view letter, word;
};
constexpr std::array<GenderWord, 5> gender_words{
    {{"M", "male"}, {"F", "female"}, {"O", "other"}, {"N", "none"}, {"U", "unknown"}}};

std::string_view gender_word(std::string_view letter) {
  for (const auto& gender : gender_words) {
    if (gender.letter == letter) return gender.word;
  }
  return {};
}

std::string gender_letter(std::string_view word) {
  for (const auto& gender : gender_words) {
    if (equal_ignoring_case(gender.word, word) || word == gender.letter) return std::string(gender.letter);
  }
  return {};
}

void write_text(xml::Writer& writer, std::string_view name, std::string_view text) {
  writer.open(name);
  if (!text.empty()) writer.text(text);
  writer.close();
}

template <std::size_t N>
bool has_any(const VCard& card, const std::array<Part, N>& parts) {
  for (const auto& part : parts) {
    if (!(card.*part.field).empty()) return true;
  }
  return false;
}

template <std::size_t N>
void write_parts(xml::Writer& writer, const VCard& card, std::string_view name, const std::array<Part, N>& parts,
                 std::string_view Part::*part_name) {
  if (!has_any(card, parts)) return;
  writer.open(name);
  for (const auto& part : parts) write_text(writer, part.*part_name, card.*part.field);
  writer.close();
}

void take(std::string& field, std::string text) {
  if (field.empty()) field = std::move(text);
}

VCard parse_temp(const xml::Element& element) {
  VCard card;
  for (const auto child : element.children()) {
    const auto name = child.name();
    for (const auto& property : properties) {
      if (name == property.temp) take(card.*property.field, child.text());
    }
    if (name == "N") {
      for (const auto& part : name_parts) take(card.*part.field, child.child(part.temp).text());
    }
    if (name == "ADR") {
      for (const auto& part : address_parts) take(card.*part.field, child.child(part.temp).text());
    }
    // Some clients write the address as the element's own text.
    if (name == "EMAIL") card.emails.push_back(child.child("USERID") ? child.child("USERID").text() : child.text());
    if (name == "TEL") card.phones.push_back(child.child("NUMBER") ? child.child("NUMBER").text() : child.text());
    if (name == "ORG") take(card.organization, child.child("ORGNAME").text());
    if (name == "GENDER") take(card.gender, gender_letter(trim(child.text())));
  }
  card.photo = read_photo(element);
  return card;
}

std::string phone_of(const xml::Element& tel) {
  if (tel.child("text")) return tel.child("text").text();
  auto number = tel.child("uri").text();
  if (number.starts_with(phone_scheme)) number.erase(0, phone_scheme.size());
  return number;
}

VCard parse_4(const xml::Element& element) {
  VCard card;
  for (const auto child : element.children()) {
    const auto name = child.name();
    for (const auto& property : properties) {
      if (name != property.name) continue;
      // A birthday may be a date or, more vaguely, a text (RFC 6350 6.2.5).
      take(card.*property.field, child.child(property.value).text());
      take(card.*property.field, child.child("text").text());
    }
    if (name == "n") {
      for (const auto& part : name_parts) take(card.*part.field, child.child(part.name).text());
    }
    if (name == "adr") {
      for (const auto& part : address_parts) take(card.*part.field, child.child(part.name).text());
    }
    if (name == "email") card.emails.push_back(child.child("text").text());
    if (name == "tel") card.phones.push_back(phone_of(child));
    if (name == "org") take(card.organization, child.child("text").text());
    if (name == "gender") take(card.gender, child.child("sex").text());
  }
  return card;
}

}  // namespace

std::optional<VCard> VCard::parse(const xml::Element& card) {
  if (card.is("vCard", vcard::temp_ns)) return parse_temp(card);
  if (card.is("vcard", vcard::ns)) return parse_4(card);
  return std::nullopt;
}

void VCard::write(xml::Writer& writer) const {
  writer.open("vcard", vcard::ns);
  for (const auto& property : properties) {
    const auto& text = this->*property.field;
    if (!text.empty()) writer.open(property.name).open(property.value).text(text).close().close();
  }
  write_parts(writer, *this, "n", name_parts, &Part::name);
  write_parts(writer, *this, "adr", address_parts, &Part::name);
  if (!gender.empty()) writer.open("gender").open("sex").text(gender).close().close();
  for (const auto& email : emails) {
    writer.open("email");
    write_text(writer, "text", email);
    writer.close();
  }
  for (const auto& phone : phones) {
    writer.open("tel");
    write_text(writer, "text", phone);
    writer.close();
  }
  if (!organization.empty()) writer.open("org").open("text").text(organization).close().close();
  writer.close();
}

void VCard::write_temp(xml::Writer& writer) const {
  writer.open("vCard", vcard::temp_ns);
  for (const auto& property : properties) {
    if (!(this->*property.field).empty()) writer.open(property.temp).text(this->*property.field).close();
  }
  write_parts(writer, *this, "N", name_parts, &Part::temp);
  write_parts(writer, *this, "ADR", address_parts, &Part::temp);
  for (const auto& email : emails) {
    writer.open("EMAIL");
    write_text(writer, "USERID", email);
    writer.close();
  }
  for (const auto& phone : phones) {
    writer.open("TEL");
    write_text(writer, "NUMBER", phone);
    writer.close();
  }
  if (!organization.empty()) writer.open("ORG").open("ORGNAME").text(organization).close().close();
  if (const auto word = gender_word(gender); !word.empty()) writer.open("GENDER").text(word).close();
  if (photo) write_photo(writer, *photo);
  writer.close();
}

std::optional<VCardPhoto> read_photo(const xml::Element& card) {
  for (const auto child : card.children()) {
    if (!child.is("PHOTO", vcard::temp_ns)) continue;
    auto image = base64_decode_lines(child.child("BINVAL").text());
    if (image && !image->empty()) return VCardPhoto{child.child("TYPE").text(), *std::move(image)};
  }
  return std::nullopt;
}

void write_photo(xml::Writer& writer, const VCardPhoto& photo) {
  writer.open("PHOTO");
  write_text(writer, "TYPE", photo.type);
  writer.open("BINVAL").text(base64_encode(photo.image)).close().close();
}

}  // namespace queqiao::xmpp
