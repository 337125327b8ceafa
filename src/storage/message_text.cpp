#include "storage/message_text.h"

#include <algorithm>

#include "xml/parser.h"

namespace queqiao::storage {
namespace {

constexpr std::string_view client_ns = "jabber:client";

// What is stored was within the limits of its time, which may have been wider than today's.
constexpr xml::ParserLimits wide{.element_bytes = 64 << 20,
                                 .depth = 4096,
                                 .attributes = 4096,
                                 .name_bytes = 1 << 16,
                                 .elements = 4 << 20,
                                 .namespaces = 1 << 16};

}  // namespace

std::string message_text(std::string_view stanza) {
  std::string text;
  if (stanza.find("body") == std::string_view::npos) return text;
  static thread_local xml::Document document;
  if (xml::parse_element(stanza, document, wide, client_ns) != xml::ParseError::none) return text;
  for (const auto child : document.root().children()) {
    if (!child.is("body", client_ns)) continue;
    if (!text.empty()) text += '\n';
    text += child.text();
  }
  return text;
}

std::string with_content(std::string_view stanza, std::string_view content) {
  // Our writer escapes '>' nowhere in a tag but inside quotes, so the tag ends at the first one outside of them.
  std::size_t end = 0;
  for (char quote = 0; end < stanza.size() && (quote != 0 || stanza[end] != '>'); ++end) {
    if (quote != 0) {
      quote = stanza[end] == quote ? '\0' : quote;
    } else if (stanza[end] == '\'' || stanza[end] == '"') {
      quote = stanza[end];
    }
  }
  auto tag = stanza.substr(0, end);
  if (tag.ends_with('/')) tag.remove_suffix(1);
  const auto name = tag.substr(1, std::min(tag.find_first_of(" \t\r\n"), tag.size()) - 1);
  return std::string(tag).append(1, '>').append(content).append("</").append(name).append(1, '>');
}

}  // namespace queqiao::storage
