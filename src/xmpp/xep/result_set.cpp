#include "xmpp/xep/result_set.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

std::optional<std::string> child_text(const xml::Element& set, std::string_view name) {
  const auto child = set.child(name);
  if (!child) return std::nullopt;
  return child.text();
}

// False when there is a number that cannot be read. More than 32 bits is as good as all of them.
bool read_number(const xml::Element& set, std::string_view name, std::optional<std::uint32_t>& number) {
  const auto text = child_text(set, name);
  if (!text) return true;
  const auto wide = parse_number<std::uint64_t>(*text);
  if (!wide) return false;
  number = static_cast<std::uint32_t>(std::min<std::uint64_t>(*wide, std::numeric_limits<std::uint32_t>::max()));
  return true;
}

}  // namespace

std::optional<ResultSetRequest> ResultSetRequest::find(const xml::Element& query) {
  const auto set = query.child("set", ns::result_sets);
  ResultSetRequest request;
  if (!set) return request;
  if (!read_number(set, "max", request.max) || !read_number(set, "index", request.index)) return std::nullopt;
  request.after = child_text(set, "after");
  request.before = child_text(set, "before");
  const int borders = request.after.has_value() + request.before.has_value() + request.index.has_value();
  if (borders > 1) return std::nullopt;
  return request;
}

void ResultSetRequest::write(xml::Writer& writer) const {
  if (!max && !after && !before && !index) return;
  writer.open("set", ns::result_sets);
  if (max) writer.open("max").text(std::to_string(*max)).close();
  if (after) writer.open("after").text(*after).close();
  if (before) {
    writer.open("before");
    if (!before->empty()) writer.text(*before);
    writer.close();
  }
  if (index) writer.open("index").text(std::to_string(*index)).close();
  writer.close();
}

ResultSet ResultSet::find(const xml::Element& parent) {
  const auto set = parent.child("set", ns::result_sets);
  ResultSet page;
  page.first = child_text(set, "first");
  page.last = child_text(set, "last");
  page.first_index = parse_number<std::uint64_t>(set.child("first").attribute("index"));
  page.count = parse_number<std::uint64_t>(set.child("count").text());
  return page;
}

void ResultSet::write(xml::Writer& writer) const {
  writer.open("set", ns::result_sets);
  if (first) {
    writer.open("first");
    if (first_index) writer.attribute("index", std::to_string(*first_index));
    writer.text(*first).close();
  }
  if (last) writer.open("last").text(*last).close();
  if (count) writer.open("count").text(std::to_string(*count)).close();
  writer.close();
}

}  // namespace queqiao::xmpp
