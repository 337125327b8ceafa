#include "xml/writer.h"

#include "base/assert.h"
#include "xml/characters.h"
#include "xml/namespace_scope.h"
#include "xml/scan.h"

namespace queqiao::xml {
namespace {

enum class Place { text, attribute };

// What must be written instead of an ASCII character, or nothing when it can stand for itself. A carriage return, and
// white space in an attribute, would not survive the reader's normalisation (XML 1.0 2.11, 3.3.3).
std::string_view replacement(char byte, Place place) {
  switch (byte) {
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '&':
      return "&amp;";
    case '\r':
      return "&#13;";
    case '\'':
      return place == Place::attribute ? "&apos;" : "";
    case '"':
      return place == Place::attribute ? "&quot;" : "";
    case '\t':
      return place == Place::attribute ? "&#9;" : "";
    case '\n':
      return place == Place::attribute ? "&#10;" : "";
    default:
      return {};
  }
}

void escape(std::string& out, std::string_view text, Place place) {
  const char* p = text.data();
  const char* const end = p + text.size();
  const char* copied_to = p;
  while (p != end) {
    const auto character = read_utf8(p, end);
    const bool can_be_written = character.size != 0 && is_xml_character(character.code);
    const auto instead = replacement(*p, place);
    const char* const next = p + (character.size == 0 ? 1 : character.size);
    if (!can_be_written || !instead.empty()) {
      out.append(copied_to, p).append(instead);
      copied_to = next;
    }
    p = next;
  }
  out.append(copied_to, end);
}

void write_attribute_name(std::string& out, std::string_view ns, std::string_view name, std::uint32_t number) {
  out.push_back(' ');
  if (ns == xml_ns) {
    out.append("xml:");
  } else if (!ns.empty()) {
    const auto prefix = "ns" + std::to_string(number);
    out.append("xmlns:").append(prefix).append("='");
    escape_attribute(out, ns);
    out.append("' ").append(prefix).append(":");
  }
  out.append(name);
}

void write_start_tag(std::string& out, const Element& element, std::string_view default_ns) {
  const auto& document = element.document();
  const auto& node = element.node();
  // Nothing but the prefix `xml` may stand for its namespace.
  out.append(element.ns() == xml_ns ? "<xml:" : "<").append(element.name());
  if (element.ns() != default_ns && element.ns() != xml_ns) {
    out.append(" xmlns='");
    escape_attribute(out, element.ns());
    out.push_back('\'');
  }
  for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
    const auto& attribute = document.attributes[node.first_attribute + i];
    write_attribute_name(out, document.namespace_name(attribute.ns), document.view(attribute.name), i);
    out.append("='");
    escape_attribute(out, document.view(attribute.value));
    out.push_back('\'');
  }
}

}  // namespace

void escape_text(std::string& out, std::string_view text) {
  const char* const end = text.data() + text.size();
  const char* const special = find_special(text.data(), end, '<', '>', '&');
  out.append(text.data(), special);
  escape(out, {special, end}, Place::text);
}

void escape_attribute(std::string& out, std::string_view text) {
  // Two passes over a short text are still faster than one byte by byte.
  const char* const end = text.data() + text.size();
  const char* special = find_special(text.data(), end, '<', '>', '&');
  special = find_special(text.data(), special, '\'', '"', '&');
  out.append(text.data(), special);
  escape(out, {special, end}, Place::attribute);
}

Writer& Writer::open(std::string_view name, std::string_view ns) {
  end_start_tag();
  out_.append("<").append(name);
  names_.append(name).push_back('\0');
  in_start_tag_ = true;
  if (!ns.empty()) attribute("xmlns", ns);
  return *this;
}

Writer& Writer::attribute(std::string_view name, std::string_view value) {
  QUEQIAO_ASSERT(in_start_tag_);
  out_.append(" ").append(name).append("='");
  escape_attribute(out_, value);
  out_.push_back('\'');
  return *this;
}

Writer& Writer::text(std::string_view text) {
  end_start_tag();
  escape_text(out_, text);
  return *this;
}

Writer& Writer::raw(std::string_view xml) {
  end_start_tag();
  out_.append(xml);
  return *this;
}

Writer& Writer::close() {
  QUEQIAO_ASSERT(!names_.empty());
  names_.pop_back();
  const auto before = names_.rfind('\0');
  const auto start = before == std::string::npos ? 0 : before + 1;
  if (in_start_tag_) {
    out_.append("/>");
    in_start_tag_ = false;
  } else {
    out_.append("</").append(names_, start).append(">");
  }
  names_.resize(start);
  return *this;
}

void Writer::end_start_tag() {
  if (!in_start_tag_) return;
  out_.push_back('>');
  in_start_tag_ = false;
}

void write(std::string& out, const Element& element, std::string_view default_ns) {
  if (!element) return;
  write_start_tag(out, element, default_ns);
  const auto& document = element.document();
  const auto first_child = element.node().first_child;
  if (first_child == 0) {
    out.append("/>");
    return;
  }
  out.push_back('>');
  const auto inner_ns = element.ns() == xml_ns ? default_ns : element.ns();
  for (auto index = first_child; index != 0; index = document.nodes[index].next_sibling) {
    const auto& child = document.nodes[index];
    if (child.is_text) {
      escape_text(out, document.view(child.text));
    } else {
      write(out, Element(document, index), inner_ns);
    }
  }
  out.append(element.ns() == xml_ns ? "</xml:" : "</").append(element.name()).push_back('>');
}

}  // namespace queqiao::xml
