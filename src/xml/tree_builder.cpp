#include "xml/tree_builder.h"

#include <algorithm>

#include "xml/characters.h"
#include "xml/token_frame.h"

namespace queqiao::xml {
namespace {

constexpr std::string_view section_opening = "<![CDATA[";
constexpr std::string_view section_closing = "]]>";

}  // namespace

void Construction::clear() {
  position = 0;
  element_count = 0;
  open.clear();
  scope.clear();
}

TreeBuilder::Outcome TreeBuilder::advance(std::string_view bytes, Until until) {
  until_ = until;
  base_ = bytes.data();
  end_ = base_ + bytes.size();
  if (document_.namespaces.empty()) document_.namespaces.emplace_back();
  const char* p = base_ + construction_.position;
  while (p != end_ && !is_complete_) {
    const auto attribute_count = document_.attributes.size();
    const auto decoded_size = document_.decoded.size();
    const char* const after = read_token(p);
    if (after == nullptr) {
      document_.attributes.resize(attribute_count);
      document_.decoded.resize(decoded_size);
      return stop_at(p, bytes);
    }
    p = after;
  }
  construction_.position = offset(p);
  if (construction_.position > limits_.element_bytes) {
    error_ = ParseError::policy_violation;
    return Outcome::refused;
  }
  return is_complete_ ? Outcome::complete : Outcome::incomplete;
}

// A token is refused only when all of it is there: what is said of a piece must not depend on where it was cut.
TreeBuilder::Outcome TreeBuilder::stop_at(const char* token, std::string_view bytes) {
  construction_.position = offset(token);
  const auto end = TokenFrame().find_end(bytes, construction_.position);
  if (end.value_or(bytes.size()) > limits_.element_bytes) {
    error_ = ParseError::policy_violation;
  } else if (!end) {
    error_ = ParseError::none;
    return Outcome::incomplete;
  }
  return Outcome::refused;
}

const char* TreeBuilder::read_token(const char* p) {
  if (*p != '<') return read_text(p);
  if (p + 1 == end_) return fail(ParseError::not_well_formed);
  switch (p[1]) {
    case '/':
      return read_end_tag(p);
    case '!':
      return read_section(p);
    case '?':
      return fail(ParseError::restricted_xml);
    default:
      return read_start_tag(p);
  }
}

const char* TreeBuilder::read_text(const char* p) {
  const auto text = read_literal(Literal::text, base_, p, end_, document_.decoded);
  if (text.stop == nullptr) return fail(text.error);
  add_text(text.value);
  return text.stop;
}

const char* TreeBuilder::read_section(const char* p) {
  const std::string_view rest(p, end_);
  if (construction_.open.empty() || rest.substr(0, section_opening.size()) != section_opening) {
    return fail(ParseError::restricted_xml);
  }
  const auto closing = rest.find(section_closing, section_opening.size());
  if (closing == std::string_view::npos) return fail(ParseError::not_well_formed);
  // Sections are counted with the elements: each makes a node, however short it is.
  if (++construction_.element_count > limits_.elements) return fail(ParseError::policy_violation);
  const auto text = read_any_literal(Literal::cdata, base_, p + section_opening.size(), p + closing, document_.decoded);
  if (text.stop == nullptr) return fail(text.error);
  if (text.value.span.size != 0) add_text(text.value);
  return text.stop + section_closing.size();
}

const char* TreeBuilder::read_end_tag(const char* p) {
  if (construction_.open.empty()) return fail(ParseError::not_well_formed);
  const auto name = construction_.open.back().name;
  const char* q = p + 2;
  if (static_cast<std::size_t>(end_ - q) <= name.size || std::string_view(q, name.size) != source().view(name)) {
    return fail(ParseError::not_well_formed);
  }
  q += name.size;
  if (*q != '>') q = skip_space(q, end_);
  if (q == end_ || *q != '>') return fail(ParseError::not_well_formed);
  close_element(p, q + 1);
  return q + 1;
}

const char* TreeBuilder::read_start_tag(const char* start) {
  construction_.prefixed.clear();
  construction_.declarations.clear();
  const auto first_attribute = static_cast<std::uint32_t>(document_.attributes.size());
  QualifiedName name;
  TagEnd tag_end{};
  const char* p = read_qualified_name(start + 1, name);
  if (p == nullptr || (p = read_attributes(p, tag_end)) == nullptr) return nullptr;
  return add_element(start, p, name, first_attribute, tag_end) ? p : nullptr;
}

const char* TreeBuilder::read_attributes(const char* p, TagEnd& tag_end) {
  for (std::uint32_t count = 0;; ++count) {
    const char* const before = p;
    p = skip_space(p, end_);
    if (p == end_) break;
    if (*p == '>') {
      tag_end = TagEnd::open;
      return p + 1;
    }
    if (*p == '/') {
      if (p + 1 == end_ || p[1] != '>') break;
      tag_end = TagEnd::empty;
      return p + 2;
    }
    if (p == before) break;
    if (count == limits_.attributes) return fail(ParseError::policy_violation);
    p = read_attribute(p);
    if (p == nullptr) return nullptr;
  }
  return fail(ParseError::not_well_formed);
}

const char* TreeBuilder::read_attribute(const char* p) {
  QualifiedName name;
  p = read_qualified_name(p, name);
  if (p == nullptr) return nullptr;
  p = skip_space(p, end_);
  if (p == end_ || *p != '=') return fail(ParseError::not_well_formed);
  p = skip_space(p + 1, end_);
  if (p == end_ || (*p != '"' && *p != '\'')) return fail(ParseError::not_well_formed);
  const auto quotes = *p == '"' ? Literal::double_quoted : Literal::single_quoted;
  const auto value = read_literal(quotes, base_, p + 1, end_, document_.decoded);
  if (value.stop == nullptr) return fail(value.error);
  return add_attribute(name, value.value) ? value.stop + 1 : nullptr;
}

const char* TreeBuilder::read_qualified_name(const char* p, QualifiedName& name) {
  const char* const start = p;
  p = read_name(p);
  if (p == nullptr) return nullptr;
  name = {{}, span(start, p)};
  if (p != end_ && *p == ':') {
    name.prefix = name.local;
    const char* const local = p + 1;
    p = read_name(local);
    if (p == nullptr) return nullptr;
    name.local = span(local, p);
  }
  if (static_cast<std::size_t>(p - start) > limits_.name_bytes) return fail(ParseError::policy_violation);
  return p;
}

const char* TreeBuilder::read_name(const char* p) {
  const char* const start = p;
  while (true) {
    while (p != end_ && is(name_byte, *p)) ++p;
    if (p == end_ || is_ascii(*p)) break;
    const auto character = read_utf8(p, end_);
    if (character.size == 0) return fail(ParseError::invalid_encoding);
    if (!(p == start ? is_name_start(character.code) : is_name_character(character.code))) {
      return fail(ParseError::not_well_formed);
    }
    p += character.size;
  }
  if (p == start || (is_ascii(*start) && !is(name_start_byte, *start))) return fail(ParseError::not_well_formed);
  return p;
}

bool TreeBuilder::add_attribute(const QualifiedName& name, const Document::Value& value) {
  const auto source = this->source();
  if (name.prefix.size == 0) {
    if (source.view(name.local) == "xmlns") {
      construction_.declarations.push_back({{}, value});
    } else {
      document_.attributes.push_back({name.local, 0, value});
    }
  } else if (source.view(name.prefix) == "xmlns") {
    construction_.declarations.push_back({name.local, value});
  } else {
    construction_.prefixed.push_back({static_cast<std::uint32_t>(document_.attributes.size()), name.prefix});
    document_.attributes.push_back({name.local, 0, value});
  }
  return true;
}

bool TreeBuilder::declare_namespaces(std::uint32_t& default_ns) {
  for (const auto& declaration : construction_.declarations) {
    if (!declare(declaration, default_ns)) return false;
  }
  return true;
}

// Namespaces in XML 1.0, section 3: `xml` means its own namespace and nothing else does, `xmlns` is never declared and
// only the default namespace can be undeclared.
bool TreeBuilder::declare(const Construction::Declaration& declaration, std::uint32_t& default_ns) {
  const auto source = this->source();
  const auto prefix = source.view(declaration.prefix);
  const auto ns = source.view(declaration.ns);
  error_ = ParseError::not_well_formed;
  if ((ns == xml_ns) != (prefix == "xml") || ns == xmlns_ns || prefix == "xmlns") return false;
  if (!prefix.empty() && ns.empty()) return false;
  const auto number = NamespaceScope::number_of(source, declaration.ns);
  error_ = ParseError::policy_violation;
  if (prefix.empty()) {
    default_ns = number;
  } else {
    // As many prefixes as namespaces: a search among them stays short.
    if (construction_.scope.bindings().size() == limits_.namespaces) return false;
    construction_.scope.bind(declaration.prefix, number);
  }
  return document_.namespaces.size() <= limits_.namespaces + std::size_t{1};
}

bool TreeBuilder::resolve(Document::Span prefix, std::uint32_t& ns) {
  const auto found = construction_.scope.find_prefix(source(), outer_, prefix);
  if (!found) {
    error_ = ParseError::bad_namespace_prefix;
    return false;
  }
  ns = *found;
  return true;
}

bool TreeBuilder::resolve_prefixes() {
  for (const auto& [attribute, prefix] : construction_.prefixed) {
    if (!resolve(prefix, document_.attributes[attribute].ns)) return false;
  }
  return true;
}

// No two attributes have the same expanded name, and no prefix is declared twice (Namespaces in XML 1.0, 6.3).
bool TreeBuilder::has_different_names(std::uint32_t first_attribute) {
  const auto first = document_.attributes.begin() + first_attribute;
  const auto last = document_.attributes.end();
  const auto& declarations = construction_.declarations;
  constexpr std::size_t few = 8;  // up to here comparing all pairs is faster than sorting
  if ((last - first) + declarations.size() > few) return has_different_names_when_sorted(first_attribute);
  const auto is_same = [this](const auto& one, const auto& other) {
    return source().view(one) == source().view(other);
  };
  for (auto attribute = first; attribute != last; ++attribute) {
    for (auto before = first; before != attribute; ++before) {
      if (before->ns == attribute->ns && is_same(before->name, attribute->name)) return false;
    }
  }
  for (auto declaration = declarations.begin(); declaration != declarations.end(); ++declaration) {
    for (auto before = declarations.begin(); before != declaration; ++before) {
      if (is_same(before->prefix, declaration->prefix)) return false;
    }
  }
  return true;
}

bool TreeBuilder::has_different_names_when_sorted(std::uint32_t first_attribute) {
  auto& names = construction_.names;
  names.clear();
  const auto source = this->source();
  for (auto i = first_attribute; i < document_.attributes.size(); ++i) {
    names.push_back({document_.attributes[i].ns, source.view(document_.attributes[i].name)});
  }
  for (const auto& declaration : construction_.declarations) {
    names.push_back({NamespaceScope::outer_default, source.view(declaration.prefix)});
  }
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

bool TreeBuilder::add_element(const char* start, const char* after, const QualifiedName& name,
                              std::uint32_t first_attribute, TagEnd tag_end) {
  auto& open = construction_.open;
  error_ = ParseError::policy_violation;
  if (++construction_.element_count > limits_.elements || open.size() == limits_.depth) return false;
  auto default_ns = open.empty() ? NamespaceScope::outer_default : open.back().default_ns;
  const auto binding_count = static_cast<std::uint32_t>(construction_.scope.bindings().size());
  if (!declare_namespaces(default_ns) || !resolve_prefixes()) return false;
  Document::Node node;
  node.name = name.local;
  if (name.prefix.size != 0) {
    error_ = ParseError::not_well_formed;
    if (source().view(name.prefix) == "xmlns" || !resolve(name.prefix, node.ns)) return false;
  } else {
    if (default_ns == NamespaceScope::outer_default) {
      node.ns = construction_.scope.default_number(source(), outer_);
    } else {
      node.ns = default_ns;
    }
  }
  error_ = ParseError::not_well_formed;
  if (!has_different_names(first_attribute)) return false;
  error_ = ParseError::policy_violation;
  if (document_.namespaces.size() > limits_.namespaces + std::size_t{1}) return false;
  node.raw = span(start, after);
  node.content = {offset(after), 0};
  node.first_attribute = first_attribute;
  node.attribute_count = static_cast<std::uint32_t>(document_.attributes.size()) - first_attribute;
  const auto index = add_node(node);
  const auto prefix_size = name.prefix.size == 0 ? 0 : name.prefix.size + 1;
  open.push_back({index, 0, default_ns, binding_count, {offset(start) + 1, prefix_size + name.local.size}});
  if (tag_end == TagEnd::empty) close_element(after, after);
  if (until_ == Until::start_tag) is_complete_ = true;
  return true;
}

void TreeBuilder::add_text(const Document::Value& text) {
  Document::Node node;
  node.is_text = true;
  node.text = text;
  add_node(node);
}

std::uint32_t TreeBuilder::add_node(const Document::Node& node) {
  const auto index = static_cast<std::uint32_t>(document_.nodes.size());
  document_.nodes.push_back(node);
  if (construction_.open.empty()) return index;
  auto& parent = construction_.open.back();
  if (parent.last_child == 0) {
    document_.nodes[parent.node].first_child = index;
  } else {
    document_.nodes[parent.last_child].next_sibling = index;
  }
  parent.last_child = index;
  return index;
}

void TreeBuilder::close_element(const char* content_end, const char* after) {
  const auto& closed = construction_.open.back();
  auto& node = document_.nodes[closed.node];
  node.raw.size = offset(after) - node.raw.offset;
  node.content.size = offset(content_end) - node.content.offset;
  construction_.scope.leave(closed.binding_count);
  construction_.open.pop_back();
  is_complete_ = construction_.open.empty();
}

OuterScope TreeBuilder::declared_scope(std::string_view bytes) const {
  const Source header{bytes.data(), &document_};
  if (construction_.open.empty()) return {};
  const auto& root = construction_.open.back();
  const auto default_ns = root.default_ns == NamespaceScope::outer_default
                              ? std::string_view()
                              : header.view(document_.namespaces[root.default_ns]);
  OuterScope scope(header.view(root.name), default_ns);
  for (const auto& binding : construction_.scope.bindings()) {
    scope.declare(header.view(binding.prefix), header.view(document_.namespaces[binding.ns]));
  }
  scope.shrink();
  return scope;
}

}  // namespace queqiao::xml
