#include <algorithm>
#include <tuple>
#include <utility>

#include "base/crypto.h"
#include "base/encoding.h"
#include "xmpp/xep/disco.h"

// XEP-0115 5.1. Sorting is by i;octet, that is, by bytes.
namespace queqiao::xmpp {
namespace {

// The string that is hashed; it turns bad, for good, on a part that could be mistaken for two.
class VersionText {
 public:
  void append(std::string_view part) {
    is_good_ = is_good_ && part.find('<') == std::string_view::npos;
    text_.append(part).append(1, '<');
  }
  std::optional<std::string> hash() const {
    return is_good_ ? std::optional(base64_encode(sha1(text_))) : std::nullopt;
  }

 private:
  std::string text_;
  bool is_good_ = true;
};

// Sorts, and says whether every element is there once.
template <class T>
bool sort_unique(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  return std::adjacent_find(list.begin(), list.end()) == list.end();
}

bool append_identities(VersionText& text, const DiscoInfo& info) {
  std::vector<std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>> sorted;
  for (const auto& identity : info.identities) {
    sorted.emplace_back(identity.category, identity.type, identity.language, identity.name);
  }
  const bool is_unique = sort_unique(sorted);
  for (const auto& [category, type, language, name] : sorted) {
    std::string part(category);
    part.append(1, '/').append(type).append(1, '/').append(language).append(1, '/').append(name);
    text.append(part);
  }
  return is_unique;
}

bool append_features(VersionText& text, const DiscoInfo& info) {
  auto sorted = info.features;
  const bool is_unique = sort_unique(sorted);
  for (const auto& feature : sorted) text.append(feature);
  return is_unique;
}

void append_form(VersionText& text, const DataForm& form) {
  text.append(form.form_type());
  std::vector<std::pair<std::string_view, std::vector<std::string>>> sorted;
  for (const auto& field : form.fields) {
    if (field.name != "FORM_TYPE") sorted.emplace_back(field.name, field.values);
  }
  std::sort(sorted.begin(), sorted.end());
  for (auto& [name, values] : sorted) {
    text.append(name);
    std::sort(values.begin(), values.end());
    for (const auto& value : values) text.append(value);
  }
}

bool append_forms(VersionText& text, const DiscoInfo& info) {
  std::vector<std::pair<std::string_view, const DataForm*>> sorted;
  for (const auto& form : info.forms) {
    const auto* type = form.field("FORM_TYPE");
    // 5.4 3.6: a form without FORM_TYPE, or with one that is not hidden, does not count.
    if (!type || type->type != FieldType::hidden || type->values.empty()) continue;
    if (type->values.size() > 1) return false;
    sorted.emplace_back(type->values.front(), &form);
  }
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto same_type = [](const auto& a, const auto& b) { return a.first == b.first; };
  if (std::adjacent_find(sorted.begin(), sorted.end(), same_type) != sorted.end()) return false;
  for (const auto& entry : sorted) append_form(text, *entry.second);
  return true;
}

}  // namespace

std::optional<std::string> capabilities_version(const DiscoInfo& info) {
  VersionText text;
  if (!append_identities(text, info) || !append_features(text, info) || !append_forms(text, info)) return std::nullopt;
  return text.hash();
}

}  // namespace queqiao::xmpp
