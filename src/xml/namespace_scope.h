#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xml/element.h"

namespace queqiao::xml {

inline constexpr std::string_view xml_ns = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view xmlns_ns = "http://www.w3.org/2000/xmlns/";

// Where the spans of a Document that is being built point to: its bytes are not in `document.bytes` yet.
struct Source {
  const char* bytes;
  Document* document;  // not owned

  std::string_view view(Document::Span span) const { return {bytes + span.offset, span.size}; }
  std::string_view view(const Document::Value& value) const {
    return value.is_decoded ? std::string_view(document->decoded).substr(value.span.offset, value.span.size)
                            : view(value.span);
  }
};

// What a stream's header declared and all its stanzas inherit, packed into one string because every idle connection has
// one.
class OuterScope {
 public:
  // More than this is refused: it would be kept as long as the stream lives.
  static constexpr std::size_t max_bytes = 1024;

  OuterScope() = default;
  OuterScope(std::string_view root_name, std::string_view default_ns);
  void declare(std::string_view prefix, std::string_view ns);
  bool is_too_large() const { return packed_.size() > max_bytes; }
  void shrink() { packed_.shrink_to_fit(); }

  std::string_view root_name() const { return part(0); }  // qualified
  std::string_view default_ns() const;
  std::optional<std::string_view> find(std::string_view prefix) const;

 private:
  std::string_view part(std::size_t offset) const;

  std::string packed_;  // root name, default namespace, then prefixes and namespaces in turn, each ended by NUL
};

// The namespaces in scope while one stanza is built. Namespaces are numbered as in Document::namespaces.
class NamespaceScope {
 public:
  // The default namespace of the stream, which need not have a number as long as no element uses it.
  static constexpr std::uint32_t outer_default = std::numeric_limits<std::uint32_t>::max();

  struct Binding {
    Document::Span prefix;
    std::uint32_t ns;
  };

  void clear();
  const std::vector<Binding>& bindings() const { return bindings_; }
  void bind(Document::Span prefix, std::uint32_t ns) { bindings_.push_back({prefix, ns}); }
  void leave(std::size_t binding_count) { bindings_.resize(binding_count); }

  // The number of the namespace that a prefix stands for; nothing when nobody declared it.
  std::optional<std::uint32_t> find_prefix(const Source& source, const OuterScope& outer, Document::Span prefix);
  std::uint32_t default_number(const Source& source, const OuterScope& outer);

  static std::uint32_t number_of(const Source& source, const Document::Value& ns);
  static std::uint32_t number_of_constant(const Source& source, std::string_view ns);

 private:
  std::vector<Binding> bindings_;        // innermost last
  std::vector<Binding> outer_bindings_;  // the stream's prefixes that this stanza has used
  std::uint32_t outer_default_number_ = outer_default;
};

}  // namespace queqiao::xml
