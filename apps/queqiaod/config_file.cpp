#include "config_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "setting_keys.h"

namespace queqiao::daemon {
namespace {

std::optional<SettingValue> value_of(const toml::node& node) {
  if (const auto* flag = node.as_boolean()) return flag->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* text = node.as_string()) return text->get();
  const auto* list = node.as_array();
  if (!list) return std::nullopt;
  std::vector<std::string> texts;
  for (const auto& item : *list) {
    if (!item.is_string()) return std::nullopt;
    texts.push_back(item.as_string()->get());
  }
  return texts;
}

Error wrong(const std::filesystem::path& file, const toml::node& node, std::string_view what) {
  return {ErrorCode::invalid, fmt::format("{}:{}: {}", file.string(), node.source().begin.line, what)};
}

std::string names_of(std::string_view section) {
  std::vector<std::string_view> names;
  for (const auto& key : setting_keys()) {
    const auto name = section.empty() ? key.section : key.name;
    if (!section.empty() && key.section != section) continue;
    if (names.empty() || names.back() != name) names.push_back(name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

Result<void> read_section(const std::filesystem::path& file, std::string_view section, const toml::table& table,
                          Settings& settings) {
  const auto& keys = setting_keys();
  for (const auto& [name, node] : table) {
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&, wanted = std::string_view(name.str())](const auto& one) {
          return one.section == section && one.name == wanted;
        });
    if (key == keys.end()) {
      return wrong(file, node,
                   fmt::format("there is no key '{}' in [{}]; there are: {}", name.str(), section, names_of(section)));
    }
    const auto value = value_of(node);
    const auto problem = value ? key->set(settings, *value) : std::optional(key->allowed);
    if (problem) return wrong(file, node, fmt::format("'{}' in [{}] must be {}", name.str(), section, *problem));
  }
  return {};
}

}  // namespace

Result<void> read_config_file(const std::filesystem::path& file, Settings& settings) {
  toml::table root;
  try {
    root = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    const auto line = error.source().begin.line;
    return Error{ErrorCode::invalid, line ? fmt::format("{}:{}: {}", file.string(), line, error.description())
                                          : fmt::format("{}: {}", file.string(), error.description())};
  }
  const auto sections = names_of({});
  for (const auto& [name, node] : root) {
    const auto& keys = setting_keys();
    const std::string_view section = name.str();
    const bool is_known =
        std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.section == section; });
    if (!is_known || !node.is_table()) {
      return wrong(file, node, fmt::format("'{}' is no section; there are: {}", section, sections));
    }
    QUEQIAO_CHECK(read_section(file, section, *node.as_table(), settings));
  }
  if (const auto outcome = check_together(settings); !outcome) {
    return Error{ErrorCode::invalid, fmt::format("{}: {}", file.string(), outcome.error().message)};
  }
  return {};
}

}  // namespace queqiao::daemon
