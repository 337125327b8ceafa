#include "xml/namespace_scope.h"

namespace queqiao::xml {

OuterScope::OuterScope(std::string_view root_name, std::string_view default_ns) {
  declare(root_name, default_ns);
}

void OuterScope::declare(std::string_view prefix, std::string_view ns) {
  // Stops growing as soon as it is too large.
  if (is_too_large()) return;
  packed_.append(prefix.substr(0, max_bytes)).push_back('\0');
  packed_.append(ns.substr(0, max_bytes)).push_back('\0');
}

std::string_view OuterScope::part(std::size_t offset) const {
  return offset < packed_.size() ? std::string_view(packed_.c_str() + offset) : std::string_view();
}

std::string_view OuterScope::default_ns() const {
  return part(root_name().size() + 1);
}

std::optional<std::string_view> OuterScope::find(std::string_view prefix) const {
  for (std::size_t offset = root_name().size() + default_ns().size() + 2; offset < packed_.size();) {
    const auto declared = part(offset);
    const auto ns = part(offset + declared.size() + 1);
    if (declared == prefix) return ns;
    offset += declared.size() + ns.size() + 2;
  }
  return std::nullopt;
}

void NamespaceScope::clear() {
  bindings_.clear();
  outer_bindings_.clear();
  outer_default_number_ = outer_default;
}

std::optional<std::uint32_t> NamespaceScope::find_prefix(const Source& source, const OuterScope& outer,
                                                         Document::Span prefix) {
  const auto wanted = source.view(prefix);
  for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
    if (binding->prefix.size == prefix.size && source.view(binding->prefix) == wanted) return binding->ns;
  }
  if (wanted == "xml") return number_of_constant(source, xml_ns);
  source.document->uses_outer_prefix = true;
  for (const auto& binding : outer_bindings_) {
    if (source.view(binding.prefix) == wanted) return binding.ns;
  }
  const auto ns = outer.find(wanted);
  if (!ns) return std::nullopt;
  outer_bindings_.push_back({prefix, number_of_constant(source, *ns)});
  return outer_bindings_.back().ns;
}

std::uint32_t NamespaceScope::default_number(const Source& source, const OuterScope& outer) {
  if (outer_default_number_ == outer_default) outer_default_number_ = number_of_constant(source, outer.default_ns());
  return outer_default_number_;
}

std::uint32_t NamespaceScope::number_of(const Source& source, const Document::Value& ns) {
  auto& known = source.document->namespaces;
  const auto name = source.view(ns);
  for (std::uint32_t i = 0; i < known.size(); ++i) {
    if (known[i].span.size == ns.span.size && source.view(known[i]) == name) return i;
  }
  known.push_back(ns);
  return static_cast<std::uint32_t>(known.size() - 1);
}

std::uint32_t NamespaceScope::number_of_constant(const Source& source, std::string_view ns) {
  auto& decoded = source.document->decoded;
  const auto before = decoded.size();
  decoded.append(ns);
  const Document::Value value{{static_cast<std::uint32_t>(before), static_cast<std::uint32_t>(ns.size())}, true};
  const auto count = source.document->namespaces.size();
  const auto number = number_of(source, value);
  if (number != count) decoded.resize(before);
  return number;
}

}  // namespace queqiao::xml
