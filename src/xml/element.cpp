#include "xml/element.h"

namespace queqiao::xml {
namespace {

// The first element at or after node `index` among siblings; 0 when there is none.
std::uint32_t element_from(const Document& document, std::uint32_t index) {
  while (index != 0 && document.nodes[index].is_text) index = document.nodes[index].next_sibling;
  return index;
}

const Document::Attribute* find_attribute(const Element& element, std::string_view name, std::string_view ns) {
  const auto& document = element.document();
  const auto& node = element.node();
  for (std::uint32_t i = 0; i < node.attribute_count; ++i) {
    const auto& attribute = document.attributes[node.first_attribute + i];
    if (document.view(attribute.name) == name && document.namespace_name(attribute.ns) == ns) return &attribute;
  }
  return nullptr;
}

}  // namespace

void Document::clear() {
  bytes.clear();
  decoded.clear();
  nodes.clear();
  attributes.clear();
  namespaces.clear();
  uses_outer_prefix = false;
}

Element Document::root() const {
  return Element(*this, 0);
}

std::string_view Element::name() const {
  return document_ ? document_->view(node().name) : std::string_view();
}

std::string_view Element::ns() const {
  return document_ ? document_->namespace_name(node().ns) : std::string_view();
}

std::string_view Element::attribute(std::string_view name) const {
  return attribute(name, {});
}

bool Element::has_attribute(std::string_view name) const {
  return document_ != nullptr && find_attribute(*this, name, {}) != nullptr;
}

std::string_view Element::attribute(std::string_view name, std::string_view ns) const {
  if (document_ == nullptr) return {};
  const auto* found = find_attribute(*this, name, ns);
  return found ? document_->view(found->value) : std::string_view();
}

std::string Element::text() const {
  std::string scratch;
  const auto whole = text(scratch);
  return scratch.empty() ? std::string(whole) : scratch;
}

std::string_view Element::text(std::string& scratch) const {
  scratch.clear();
  if (document_ == nullptr) return {};
  std::string_view first;
  for (auto index = node().first_child; index != 0; index = document_->nodes[index].next_sibling) {
    const auto& child = document_->nodes[index];
    if (!child.is_text) continue;
    const auto run = document_->view(child.text);
    if (first.empty()) {
      first = run;
      continue;
    }
    if (scratch.empty()) scratch = first;
    scratch += run;
  }
  return scratch.empty() ? first : std::string_view(scratch);
}

Element Element::first_child() const {
  if (document_ == nullptr) return {};
  const auto index = element_from(*document_, node().first_child);
  return index == 0 ? Element() : Element(*document_, index);
}

Element Element::child(std::string_view name, std::string_view ns) const {
  for (const auto candidate : children()) {
    if (candidate.is(name, ns)) return candidate;
  }
  return {};
}

Element::Range Element::children() const {
  if (document_ == nullptr) return Range({});
  return Range(Iterator(document_, element_from(*document_, node().first_child)));
}

std::string_view Element::raw() const {
  return document_ ? document_->view(node().raw) : std::string_view();
}

std::string_view Element::content() const {
  return document_ ? document_->view(node().content) : std::string_view();
}

Element::Iterator& Element::Iterator::operator++() {
  node_ = element_from(*document_, document_->nodes[node_].next_sibling);
  return *this;
}

}  // namespace queqiao::xml
