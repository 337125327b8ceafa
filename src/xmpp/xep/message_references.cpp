#include "xmpp/xep/message_references.h"

#include <algorithm>

#include "base/text.h"
#include "base/time_text.h"
#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

// The place in bytes of the character `index`, counted in code points (XEP-0426); the end when there are fewer.
std::size_t place_of_character(std::string_view text, std::size_t index) {
  std::size_t place = 0;
  for (; index > 0 && place < text.size(); --index)
    place += std::max<std::size_t>(utf8_front_size(text.substr(place)), 1);
  return std::min(place, text.size());
}

struct Range {
  std::size_t begin, end;  // in bytes
};

// What one <fallback/> says of the body.
void add_ranges(const xml::Element& fallback, std::string_view body, std::vector<Range>& ranges) {
  bool has_parts = false;
  for (const auto part : fallback.children()) {
    has_parts = true;
    if (!part.is("body", ns::fallback)) continue;
    const auto start = parse_number<std::size_t>(part.attribute("start"));
    const auto end = parse_number<std::size_t>(part.attribute("end"));
    const Range range{start ? place_of_character(body, *start) : 0, end ? place_of_character(body, *end) : body.size()};
    if (range.begin < range.end) ranges.push_back(range);
  }
  if (!has_parts) ranges.push_back({0, body.size()});
}

}  // namespace

std::string_view corrected_id(const xml::Element& message) {
  return message.child("replace", ns::correction).attribute("id");
}

void write_correction(xml::Writer& writer, std::string_view id) {
  writer.open("replace", ns::correction).attribute("id", id).close();
}

std::string_view retracted_id(const xml::Element& message) {
  return message.child("retract", ns::retraction).attribute("id");
}

void write_retraction(xml::Writer& writer, std::string_view id, std::string_view text) {
  writer.open("retract", ns::retraction).attribute("id", id).close();
  if (!text.empty()) {
    writer.open("body").text(text).close();
    write_fallback(writer, ns::retraction);
  }
  writer.open("store", ns::hints).close();
}

std::optional<Tombstone> Tombstone::find(const xml::Element& message) {
  const auto retracted = message.child("retracted", ns::retraction);
  if (!retracted) return std::nullopt;
  return Tombstone{std::string(retracted.attribute("id")), parse_date_time(retracted.attribute("stamp"))};
}

void Tombstone::write(xml::Writer& writer) const {
  writer.open("retracted", ns::retraction);
  if (!retraction_id.empty()) writer.attribute("id", retraction_id);
  if (stamp) writer.attribute("stamp", format_date_time(*stamp));
  writer.close();
}

std::optional<Reactions> Reactions::find(const xml::Element& message) {
  const auto element = message.child("reactions", ns::reactions);
  if (element.attribute("id").empty()) return std::nullopt;
  Reactions found{std::string(element.attribute("id")), {}};
  for (const auto child : element.children()) {
    if (found.emojis.size() == most) break;
    if (!child.is("reaction", ns::reactions)) continue;
    auto emoji = child.text();
    const bool is_new = std::find(found.emojis.begin(), found.emojis.end(), emoji) == found.emojis.end();
    if (!emoji.empty() && is_new) found.emojis.push_back(std::move(emoji));
  }
  return found;
}

void Reactions::write(xml::Writer& writer) const {
  writer.open("reactions", ns::reactions).attribute("id", id);
  for (const auto& emoji : emojis) writer.open("reaction").text(emoji).close();
  writer.close();
}

std::optional<ReplyTo> ReplyTo::find(const xml::Element& message) {
  const auto reply = message.child("reply", ns::replies);
  if (reply.attribute("id").empty()) return std::nullopt;
  return ReplyTo{std::string(reply.attribute("id")), Jid::parse(reply.attribute("to"))};
}

void ReplyTo::write(xml::Writer& writer) const {
  writer.open("reply", ns::replies);
  if (author) writer.attribute("to", author->text());
  writer.attribute("id", id).close();
}

void write_fallback(xml::Writer& writer, std::string_view feature, std::optional<std::size_t> characters) {
  writer.open("fallback", ns::fallback).attribute("for", feature);
  if (characters) writer.open("body").attribute("start", "0").attribute("end", std::to_string(*characters)).close();
  writer.close();
}

std::string body_without_fallback(const xml::Element& message, std::string_view feature) {
  std::string body = message.child("body").text();
  std::vector<Range> ranges;
  for (const auto child : message.children()) {
    if (child.is("fallback", ns::fallback) && child.attribute("for") == feature) add_ranges(child, body, ranges);
  }
  // From the back, so that the places of those before stay right; parts that overlap go once.
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.begin > b.begin; });
  std::size_t untouched = body.size();
  for (const auto& range : ranges) {
    const auto end = std::min(range.end, untouched);
    if (range.begin < end) body.erase(range.begin, end - range.begin);
    untouched = std::min(untouched, range.begin);
  }
  return body;
}

}  // namespace queqiao::xmpp
