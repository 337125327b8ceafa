// Our parser and expat read the same stream: they accept the same and see the same tree, or the difference is one that
// XMPP asks for. The differences that are allowed are named in `Difference`.
#include <expat.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "xml/parser.h"

namespace {

using namespace queqiao::xml;

// A form feed cannot be in an XML document, so it cannot be in a namespace either.
constexpr char separator = '\f';

struct Reading {
  std::string tree;          // "<name attributes>text</>", the form of which only has to be the same on both sides
  std::size_t elements = 0;  // complete ones at the first level
  bool is_refused = false;
  ParseError error = ParseError::none;  // ours
  // Seen by expat:
  bool has_restricted = false;  // comment, processing instruction, DTD
  bool has_outer_text = false;  // between stanzas
  bool has_other_version = false;
};

// Our side.
std::string full_name(std::string_view ns, std::string_view name) {
  return ns.empty() ? std::string(name) : std::string(ns) + separator + std::string(name);
}

void append_start(std::string& tree, const std::string& name, std::vector<std::string> attributes) {
  std::sort(attributes.begin(), attributes.end());
  tree += "<" + name;
  for (const auto& attribute : attributes) tree += "\v" + attribute;
  tree += ">";
}

void append_start(std::string& tree, const Element& element) {
  std::vector<std::string> attributes;
  for (std::uint32_t i = 0; i < element.node().attribute_count; ++i) {
    const auto& document = element.document();
    const auto& attribute = document.attributes[element.node().first_attribute + i];
    attributes.push_back(full_name(document.namespace_name(attribute.ns), document.view(attribute.name)) + "\v" +
                         std::string(document.view(attribute.value)));
  }
  append_start(tree, full_name(element.ns(), element.name()), attributes);
}

void append_element(std::string& tree, const Element& element) {
  append_start(tree, element);
  const auto& document = element.document();
  for (auto index = element.node().first_child; index != 0; index = document.nodes[index].next_sibling) {
    const auto& node = document.nodes[index];
    if (node.is_text) {
      tree += document.view(node.text);
    } else {
      append_element(tree, Element(document, index));
    }
  }
  tree += "</>";
}

Reading read_ours(std::string_view input) {
  Parser parser;
  Document document;
  Reading reading;
  while (true) {
    switch (parser.parse(input, document)) {
      case ParseEvent::need_more:
        return reading;
      case ParseEvent::stream_opened:
        append_start(reading.tree, document.root());
        break;
      case ParseEvent::element:
        append_element(reading.tree, document.root());
        ++reading.elements;
        break;
      case ParseEvent::stream_closed:
        reading.tree += "</>";
        break;
      case ParseEvent::failed:
        reading.is_refused = true;
        reading.error = parser.error();
        return reading;
    }
  }
}

// Expat's side.
struct Collector {
  Reading reading;
  std::size_t depth = 0;
};

void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
  auto& collector = *static_cast<Collector*>(user);
  ++collector.depth;
  std::vector<std::string> list;
  for (; *attributes; attributes += 2) list.push_back(std::string(attributes[0]) + "\v" + attributes[1]);
  append_start(collector.reading.tree, name, list);
}
void XMLCALL on_end(void* user, const XML_Char*) {
  auto& collector = *static_cast<Collector*>(user);
  collector.reading.tree += "</>";
  if (--collector.depth == 1) ++collector.reading.elements;
}
void XMLCALL on_text(void* user, const XML_Char* text, int size) {
  auto& collector = *static_cast<Collector*>(user);
  const std::string_view view(text, static_cast<std::size_t>(size));
  if (collector.depth > 1) {
    collector.reading.tree += view;
  } else if (view.find_first_not_of(" \t\r\n") != std::string_view::npos) {
    collector.reading.has_outer_text = true;
  }
}
void see_restricted(void* user) {
  static_cast<Collector*>(user)->reading.has_restricted = true;
}
void XMLCALL on_declaration(void* user, const XML_Char* version, const XML_Char*, int) {
  auto& reading = static_cast<Collector*>(user)->reading;
  const std::string_view text(version ? version : "");
  reading.has_other_version =
      text.size() < 3 || text.substr(0, 2) != "1." || text.find_first_not_of("0123456789", 2) != std::string_view::npos;
}
void XMLCALL on_comment(void* user, const XML_Char*) {
  see_restricted(user);
}
void XMLCALL on_instruction(void* user, const XML_Char*, const XML_Char*) {
  see_restricted(user);
}
void XMLCALL on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  see_restricted(user);
}

Reading read_with_expat(std::string_view input) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreateNS(nullptr, separator),
                                                                       XML_ParserFree);
  Collector collector;
  XML_SetUserData(parser.get(), &collector);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetXmlDeclHandler(parser.get(), on_declaration);
  XML_SetCommentHandler(parser.get(), on_comment);
  XML_SetProcessingInstructionHandler(parser.get(), on_instruction);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
  if (XML_Parse(parser.get(), input.data(), static_cast<int>(input.size()), 0) != XML_STATUS_OK) {
    collector.reading.is_refused = true;
  }
  return collector.reading;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool has_non_ascii(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; });
}

enum class Difference {
  none,
  restricted_xml,        // RFC 6120 11.1: comments, processing instructions, DTDs, entities
  encoding,              // RFC 6120 11.6: only UTF-8, and no byte order mark
  text_between_stanzas,  // RFC 6120 11.3 has only white space there; a CDATA section is refused there even if empty
  limit,                 // ParserLimits
  version,               // only 1.x is what we can read; expat takes any version
  fifth_edition_name,    // we follow the fifth edition of XML 1.0, expat the fourth: more characters may be in names
  unfinished_token,      // we refuse a token when its '>' has come; expat at its first bytes, or waits for "?>"
  unexplained
};

// Expat has not refused its last token, but would whatever follows: what it is given here would be welcome otherwise.
// It is long enough to end a character that is cut, and outside the root expat looks for quoted literals.
bool is_waiting_in_vain(std::string_view input) {
  for (const auto* more : {"<aaa", "'<aaa", "\"<aaa"}) {
    if (read_with_expat(std::string(input) + more).is_refused) return true;
  }
  return false;
}

Difference explain_our_refusal(std::string_view input, const Reading& ours, const Reading& theirs) {
  if (ours.error == ParseError::policy_violation) return Difference::limit;
  if (ours.error == ParseError::restricted_xml) {
    // What expat has not reported may be cut off: "<!-" is refused by us at once.
    const bool is_cut = contains(input, "<!") || contains(input, "<?");
    return theirs.has_restricted || is_cut ? Difference::restricted_xml : Difference::unexplained;
  }
  if (ours.error == ParseError::unsupported_encoding) return Difference::encoding;
  if (input.substr(0, 3) == "\xEF\xBB\xBF" || input.substr(0, 2) == "\xFE\xFF" || input.substr(0, 2) == "\xFF\xFE" ||
      input.substr(0, 2).find('\0') != std::string_view::npos) {
    return Difference::encoding;
  }
  const auto instruction = input.rfind("<?");  // or a declaration
  if (instruction != std::string_view::npos && !contains(input.substr(instruction), "?>")) {
    return Difference::unfinished_token;
  }
  if (theirs.has_other_version) return Difference::version;
  if (is_waiting_in_vain(input)) return Difference::unfinished_token;
  // Expat holds back text that ends in ']' until it has seen what follows.
  const bool has_outer_text = theirs.has_outer_text || read_with_expat(std::string(input) + "<").has_outer_text;
  return has_outer_text ? Difference::text_between_stanzas : Difference::unexplained;
}

Difference explain_their_refusal(std::string_view input) {
  // If the token were complete up to here, a '<' would be welcome.
  if (read_ours(std::string(input) + "<").is_refused) return Difference::unfinished_token;
  const auto section = input.rfind("<![CDATA[");
  if (section != std::string_view::npos && input.find("]]>", section) == std::string_view::npos) {
    return Difference::unfinished_token;
  }
  return has_non_ascii(input) ? Difference::fifth_edition_name : Difference::unexplained;
}

Difference compare(std::string_view input, const Reading& ours, const Reading& theirs) {
  if (ours.is_refused && theirs.is_refused) return Difference::none;
  if (ours.is_refused) return explain_our_refusal(input, ours, theirs);
  if (theirs.is_refused) return explain_their_refusal(input);
  // A stanza that is not complete is in their tree only.
  const bool agree = theirs.tree.compare(0, ours.tree.size(), ours.tree) == 0 && ours.elements == theirs.elements &&
                     !theirs.has_restricted && !theirs.has_outer_text;
  return agree ? Difference::none : Difference::unexplained;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto ours = read_ours(input);
  const auto theirs = read_with_expat(input);
  if (compare(input, ours, theirs) == Difference::unexplained) {
    std::fprintf(stderr, "ours (%s, error %d):\n%s\ntheirs (%s):\n%s\n", ours.is_refused ? "refused" : "accepted",
                 static_cast<int>(ours.error), ours.tree.c_str(), theirs.is_refused ? "refused" : "accepted",
                 theirs.tree.c_str());
    std::abort();
  }
  return 0;
}
