#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include "parts.h"
#include "xml/writer.h"

namespace queqiao::server::vcard4 {
namespace {

using xmpp::VCard;

template <class Texts>
std::string joined(const Texts& texts) {
  std::string all;
  for (const std::string& text : texts) all.append(text).append(1, '\0');
  return all.find_first_not_of('\0') == std::string::npos ? std::string() : all;
}

std::string name_in(const VCard& card) {
  return joined(std::initializer_list<std::string>{card.family_name, card.given_name, card.middle_name});
}

std::string address_in(const VCard& card) {
  return joined(
      std::initializer_list<std::string>{card.street, card.locality, card.region, card.postal_code, card.country});
}

constexpr std::array<Property, 13> properties{{
    {"FN", "fn", [](const VCard& card) { return card.full_name; }},
    {"N", "n", name_in},
    {"NICKNAME", "nickname", [](const VCard& card) { return card.nickname; }},
    {"BDAY", "bday", [](const VCard& card) { return card.birthday; }},
    {"GENDER", "gender", [](const VCard& card) { return card.gender; }},
    {"ADR", "adr", address_in},
    {"TEL", "tel", [](const VCard& card) { return joined(card.phones); }},
    {"EMAIL", "email", [](const VCard& card) { return joined(card.emails); }},
    {"ORG", "org", [](const VCard& card) { return card.organization; }},
    {"TITLE", "title", [](const VCard& card) { return card.title; }},
    {"ROLE", "role", [](const VCard& card) { return card.role; }},
    {"URL", "url", [](const VCard& card) { return card.url; }},
    {"DESC", "note", [](const VCard& card) { return card.note; }},
}};

bool is_among(const Properties& changed, const xml::Element& child, std::string_view Property::*name) {
  return std::any_of(changed.begin(), changed.end(),
                     [&](const auto* property) { return property->*name == child.name(); });
}

std::string written(const VCard& card, bool is_temp) {
  std::string text;
  xml::Writer writer(text);
  if (is_temp) {
    card.write_temp(writer);
  } else {
    card.write(writer);
  }
  return text;
}

}  // namespace

Properties differences(const VCard& one, const VCard& other) {
  Properties found;
  for (const auto& property : properties) {
    if (property.value(one) != property.value(other)) found.push_back(&property);
  }
  return found;
}

Properties common(const VCard& one, const VCard& other) {
  Properties found;
  for (const auto& property : properties) {
    const auto value = property.value(one);
    if (!value.empty() && value == property.value(other)) found.push_back(&property);
  }
  return found;
}

std::string with(const xml::Element& old, const Properties& changed, const VCard& card, std::string_view ns) {
  const bool is_temp = ns == xmpp::vcard::temp_ns;
  const auto name = is_temp ? &Property::temp : &Property::name;
  std::string text;
  xml::Writer writer(text);
  writer.open(is_temp ? "vCard" : "vcard", ns);
  const auto copy = [&](const xml::Element& child) {
    std::string copied;
    xml::write(copied, child, ns);
    writer.raw(copied);
  };
  if (old) {
    for (const auto child : old.children()) {
      if (child.ns() != ns || !is_among(changed, child, name)) copy(child);
    }
  }
  xml::Document fresh;
  if (xml::parse_element(written(card, is_temp), fresh, stored_xml_limits) == xml::ParseError::none) {
    for (const auto child : fresh.root().children()) {
      if (is_among(changed, child, name)) copy(child);
    }
  }
  writer.close();
  return text;
}

ReadCard::ReadCard(const std::string* xml) {
  if (!xml || xml::parse_element(*xml, document_, stored_xml_limits) != xml::ParseError::none) return;
  auto card = VCard::parse(document_.root());
  if (!card) return;
  has_card_ = true;
  card_ = *std::move(card);
  card_.photo.reset();
}

}  // namespace queqiao::server::vcard4
