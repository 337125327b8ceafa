#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "settings.h"

namespace queqiao::daemon {

// What a value of the configuration file may be.
using SettingValue = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

// One key of the configuration file. The list of them is the whole truth about the file: it reads it, checks it, writes
// the commented example and the table of docs/operations.md.
struct SettingKey {
  std::string_view section;
  std::string_view name;
  std::string_view help;
  std::string allowed;  // for people: "a number from 1 to 64"
  std::function<SettingValue(const Settings&)> get;
  // What is wrong with the value, or nothing.
  std::function<std::optional<std::string>(Settings&, const SettingValue&)> set;
  bool needs_restart = false;  // else SIGHUP is enough
};

const std::vector<SettingKey>& setting_keys();

std::string text_of(const SettingValue& value);  // as the file has it

// The commented example: every key with its help and its default.
std::string example_config();

}  // namespace queqiao::daemon
