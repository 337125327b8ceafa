#pragma once

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace queqiao::xml {

class Element;

// One complete stanza: the bytes as they were received and a compact tree over them. It is the stanza's only arena:
// nodes refer to the bytes by offset, so a Document moves and copies without repair, and a cleared one is used again
// without allocating. Everything that Element hands out is valid as long as the Document is neither changed nor moved.
class Document {
 public:
  struct Span {
    std::uint32_t offset = 0;
    std::uint32_t size = 0;
  };
  // A text or attribute value that held no reference lies in `bytes`; one that had to be decoded lies in `decoded`.
  struct Value {
    Span span;
    bool is_decoded = false;
  };
  struct Attribute {
    Span name;         // local name, in bytes
    std::uint32_t ns;  // index into namespaces; 0 means none
    Value value;
  };
  struct Node {
    bool is_text = false;
    std::uint32_t ns = 0;  // elements: index into namespaces
    Span name;             // elements: local name, in bytes
    Value text;            // texts
    Span raw;              // elements: from '<' to the matching '>', in bytes
    Span content;          // elements: between start and end tag; empty for <a/>
    std::uint32_t first_attribute = 0;
    std::uint32_t attribute_count = 0;  // declarations of namespaces are not among them
    std::uint32_t next_sibling = 0;     // index of a node; 0 means none
    std::uint32_t first_child = 0;      // 0 means none
  };

  bool empty() const { return nodes.empty(); }
  void clear();          // keeps the memory
  Element root() const;  // only when not empty()
  std::string_view view(Span span) const { return std::string_view(bytes).substr(span.offset, span.size); }
  std::string_view view(const Value& value) const {
    return std::string_view(value.is_decoded ? decoded : bytes).substr(value.span.offset, value.span.size);
  }

  std::string_view namespace_name(std::uint32_t ns) const { return view(namespaces[ns]); }

  std::string bytes;
  std::string decoded;
  std::vector<Node> nodes;  // nodes[0] is the root
  std::vector<Attribute> attributes;
  std::vector<Value> namespaces;  // names of namespaces, each once; [0] is empty: no namespace
  // A prefix declared on the stream's header is used inside: `bytes` alone do not say what it means, so a forwarder
  // must write the element anew (xml::write) instead of copying the bytes.
  bool uses_outer_prefix = false;
};

// A view of one element of a Document; as cheap to copy as a pointer. A default one is "no element" and is falsy;
// asking it for anything gives empty answers, so that chains like stanza.child("a", ns).child("b", ns).text() are safe.
class Element {
 public:
  class Iterator;
  class Range;

  Element() = default;
  Element(const Document& document, std::uint32_t node) : document_(&document), node_(node) {}

  explicit operator bool() const { return document_ != nullptr; }
  std::string_view name() const;  // local name
  std::string_view ns() const;    // namespace name, "" for none
  bool is(std::string_view name, std::string_view ns) const { return this->name() == name && this->ns() == ns; }

  // An attribute without namespace. `has_attribute` tells an absent one from an empty one.
  std::string_view attribute(std::string_view name) const;
  bool has_attribute(std::string_view name) const;
  // An attribute in a namespace, such as xml:lang (http://www.w3.org/XML/1998/namespace).
  std::string_view attribute(std::string_view name, std::string_view ns) const;

  std::string text() const;  // the element's own text, its children's not included
  // The same without a copy when the text is one run (the usual case); `scratch` holds it otherwise.
  std::string_view text(std::string& scratch) const;

  Element first_child() const;                                              // first child element, or none
  Element child(std::string_view name, std::string_view ns) const;          // first match
  Element child(std::string_view name) const { return child(name, ns()); }  // in this element's own namespace
  Range children() const;                                                   // child elements in order; text is left out

  std::string_view raw() const;      // as received, from '<' to '>'
  std::string_view content() const;  // as received, between the start and the end tag
  const Document& document() const { return *document_; }
  const Document::Node& node() const { return document_->nodes[node_]; }

 private:
  const Document* document_ = nullptr;
  std::uint32_t node_ = 0;
};

class Element::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Element;
  using difference_type = std::ptrdiff_t;
  using pointer = const Element*;
  using reference = Element;

  Iterator() = default;
  Iterator(const Document* document, std::uint32_t node) : document_(document), node_(node) {}
  Element operator*() const { return Element(*document_, node_); }
  Iterator& operator++();
  Iterator operator++(int) {
    auto before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Iterator& other) const { return node_ == other.node_; }

 private:
  const Document* document_ = nullptr;
  std::uint32_t node_ = 0;  // 0 is the end: the root is nobody's child
};

class Element::Range {
 public:
  explicit Range(Iterator first) : first_(first) {}
  Iterator begin() const { return first_; }
  Iterator end() const { return {}; }

 private:
  Iterator first_;
};

}  // namespace queqiao::xml
