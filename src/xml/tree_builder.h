#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "xml/decode.h"
#include "xml/element.h"
#include "xml/namespace_scope.h"
#include "xml/parser.h"

namespace queqiao::xml {

// What is remembered of an element that is being built, besides the tree so far. It is empty between stanzas, so all
// streams of a thread share one; a stanza that arrives in pieces takes a copy along.
struct Construction {
  struct OpenElement {
    std::uint32_t node;
    std::uint32_t last_child;     // 0 means none yet
    std::uint32_t default_ns;     // or NamespaceScope::outer_default
    std::uint32_t binding_count;  // of prefixes, when the element's parent was innermost
    Document::Span name;          // qualified
  };
  struct PrefixedAttribute {
    std::uint32_t attribute;
    Document::Span prefix;
  };
  struct Declaration {
    Document::Span prefix;  // empty for the default namespace
    Document::Value ns;
  };
  struct ExpandedName {
    std::uint32_t ns;
    std::string_view name;
    bool operator==(const ExpandedName&) const = default;
    auto operator<=>(const ExpandedName&) const = default;
  };

  void clear();

  std::uint32_t position = 0;  // of the first byte that is not part of the tree yet
  std::uint32_t element_count = 0;
  std::vector<OpenElement> open;
  NamespaceScope scope;
  // Of the tag that is being read; kept only for the memory.
  std::vector<PrefixedAttribute> prefixed;
  std::vector<Declaration> declarations;
  std::vector<ExpandedName> names;
};

// Builds the tree of one element from its bytes, token by token. A token that is cut off or refused leaves no trace.
class TreeBuilder {
 public:
  enum class Until { end_tag, start_tag };  // start_tag: the header of a stream is complete without its end tag
  enum class Outcome { complete, incomplete, refused };

  TreeBuilder(const ParserLimits& limits, const OuterScope& outer, Document& document, Construction& construction)
      : limits_(limits), outer_(outer), document_(document), construction_(construction) {}

  // Goes on at construction.position. `bytes` are those of the element from its first '<', at most element_bytes + 1 of
  // them; they may have moved since the last call. When refused, error() says why.
  Outcome advance(std::string_view bytes, Until until);
  ParseError error() const { return error_; }

  // What a header that is complete declares for its stanzas.
  OuterScope declared_scope(std::string_view bytes) const;

 private:
  struct QualifiedName {
    Document::Span prefix, local;
  };
  enum class TagEnd { open, empty };

  // Each reads something at `p` and returns where it ends; null means refused or cut off, with the reason in error_.
  const char* read_token(const char* p);
  const char* read_text(const char* p);
  const char* read_section(const char* p);
  const char* read_end_tag(const char* p);
  const char* read_start_tag(const char* p);
  const char* read_attributes(const char* p, TagEnd& tag_end);
  const char* read_attribute(const char* p);
  const char* read_qualified_name(const char* p, QualifiedName& name);
  const char* read_name(const char* p);
  const char* fail(ParseError error) {
    error_ = error;
    return nullptr;
  }

  bool add_attribute(const QualifiedName& name, const Document::Value& value);
  bool declare_namespaces(std::uint32_t& default_ns);
  bool declare(const Construction::Declaration& declaration, std::uint32_t& default_ns);
  bool resolve_prefixes();
  bool has_different_names(std::uint32_t first_attribute);
  bool has_different_names_when_sorted(std::uint32_t first_attribute);
  bool resolve(Document::Span prefix, std::uint32_t& ns);
  bool add_element(const char* start, const char* after, const QualifiedName& name, std::uint32_t first_attribute,
                   TagEnd tag_end);
  void add_text(const Document::Value& text);
  std::uint32_t add_node(const Document::Node& node);
  void close_element(const char* content_end, const char* after);
  Outcome stop_at(const char* token, std::string_view bytes);

  std::uint32_t offset(const char* p) const { return static_cast<std::uint32_t>(p - base_); }
  Document::Span span(const char* from, const char* to) const {
    return {offset(from), static_cast<std::uint32_t>(to - from)};
  }
  Source source() const { return {base_, &document_}; }

  const ParserLimits& limits_;
  const OuterScope& outer_;
  Document& document_;
  Construction& construction_;
  const char* base_ = nullptr;
  const char* end_ = nullptr;
  Until until_ = Until::end_tag;
  bool is_complete_ = false;
  ParseError error_ = ParseError::none;
};

}  // namespace queqiao::xml
