#include "xmpp/xep/pubsub_config.h"

#include <algorithm>
#include <array>
#include <utility>

namespace queqiao::xmpp {
namespace {

constexpr std::array<std::string_view, 4> access_names{"open", "presence", "roster", "whitelist"};
constexpr std::array<std::string_view, 3> send_last_names{"never", "on_sub", "on_sub_and_presence"};

struct Flag {
  std::string_view name;
  bool NodeConfig::*value;
  std::string_view label;
};
constexpr std::array<Flag, 6> flags{{
    {"pubsub#persist_items", &NodeConfig::persists_items, "Keep items"},
    {"pubsub#deliver_notifications", &NodeConfig::delivers_notifications, "Notify subscribers"},
    {"pubsub#deliver_payloads", &NodeConfig::delivers_payloads, "Send items with notifications"},
    {"pubsub#notify_retract", &NodeConfig::notifies_retract, "Notify when an item is taken back"},
    {"pubsub#notify_delete", &NodeConfig::notifies_delete, "Notify when the node is deleted"},
    {"pubsub#notify_config", &NodeConfig::notifies_config, "Notify when the configuration changes"},
}};

struct Text {
  std::string_view name;
  std::string NodeConfig::*value;
  std::string_view label;
};
constexpr std::array<Text, 3> texts{{
    {"pubsub#title", &NodeConfig::title, "Name"},
    {"pubsub#description", &NodeConfig::description, "Description"},
    {"pubsub#type", &NodeConfig::type, "Namespace of the items"},
}};
constexpr std::size_t text_bytes = 1'023;  // of one of them, and of one roster group
constexpr std::size_t most_groups = 50;

template <class Row, std::size_t N>
const Row* find_row(const std::array<Row, N>& rows, std::string_view name) {
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& each) { return each.name == name; });
  return row == rows.end() ? nullptr : &*row;
}

template <class Enum, std::size_t N>
bool set_choice(const std::array<std::string_view, N>& names, std::string_view value, Enum& choice) {
  const auto place = std::find(names.begin(), names.end(), value);
  if (place == names.end()) return false;
  choice = static_cast<Enum>(place - names.begin());
  return true;
}

bool set_flag(std::string_view value, bool& flag) {
  if (value != "1" && value != "true" && value != "0" && value != "false") return false;
  flag = value == "1" || value == "true";
  return true;
}

// 8.2.1: a number, or "max" for what the service allows.
bool set_max_items(std::string_view value, std::uint32_t& max_items) {
  const auto number = value == "max" ? NodeConfig::all_items : parse_number<std::uint32_t>(value);
  if (!number || *number == 0) return false;
  max_items = *number;
  return true;
}

bool set_groups(const std::vector<std::string>& values, std::vector<std::string>& groups) {
  const bool is_sane = values.size() <= most_groups && std::all_of(values.begin(), values.end(), [](const auto& group) {
                         return group.size() <= text_bytes;
                       });
  if (is_sane) groups = values;
  return is_sane;
}

enum class Outcome { taken, refused, unknown };

Outcome outcome(bool is_taken) {
  return is_taken ? Outcome::taken : Outcome::refused;
}

Outcome apply_field(const FormField& field, NodeConfig& config) {
  const std::string_view value = field.values.empty() ? std::string_view() : field.values.front();
  if (field.name == "pubsub#access_model") return outcome(set_choice(access_names, value, config.access));
  if (field.name == "pubsub#send_last_published_item") {
    return outcome(set_choice(send_last_names, value, config.send_last));
  }
  if (field.name == "pubsub#max_items") return outcome(set_max_items(value, config.max_items));
  if (field.name == "pubsub#roster_groups_allowed") return outcome(set_groups(field.values, config.roster_groups));
  if (const auto* flag = find_row(flags, field.name)) return outcome(set_flag(value, config.*flag->value));
  if (const auto* text = find_row(texts, field.name)) {
    if (value.size() > text_bytes) return Outcome::refused;
    config.*text->value = value;
    return Outcome::taken;
  }
  if (field.name == "pubsub#notification_type") {
    config.is_headline = value == "headline";
    return outcome(value == "headline" || value == "normal");
  }
  // What is so for every node of an account and cannot be otherwise.
  if (field.name == "pubsub#publish_model") return outcome(value == "publishers");
  if (field.name == "pubsub#node_type") return outcome(value == "leaf");
  return Outcome::unknown;
}

// A form to fill in has labels and choices; what is sent has values alone (XEP-0004 3.1).
class FormWriter {
 public:
  FormWriter(FormType type, std::string_view form_type)
      : form_(type, form_type), is_to_fill_in_(type == FormType::form) {}

  FormField& add(std::string_view name, FieldType type, std::string_view label) {
    FormField field;
    field.name = name;
    if (is_to_fill_in_) {
      field.type = type;
      field.label = label;
    }
    return form_.add(std::move(field)).fields.back();
  }
  void add(std::string_view name, FieldType type, std::string_view label, std::string_view value) {
    add(name, type, label).values.emplace_back(value);
  }
  void add_choice(std::string_view name, std::string_view label, std::string_view value,
                  const std::vector<std::string_view>& options) {
    auto& field = add(name, FieldType::list_single, label);
    field.values.emplace_back(value);
    if (!is_to_fill_in_) return;
    for (const auto option : options) field.options.push_back({std::string(option), {}});
  }
  DataForm take() { return std::move(form_); }

 private:
  DataForm form_;
  bool is_to_fill_in_;
};

void add_choices(FormWriter& form, const NodeConfig& config) {
  form.add_choice("pubsub#access_model", "Who may subscribe and read", name_of(config.access),
                  {access_names.begin(), access_names.end()});
  form.add_choice("pubsub#send_last_published_item", "When the newest item is sent unasked",
                  send_last_names[static_cast<std::size_t>(config.send_last)],
                  {send_last_names.begin(), send_last_names.end()});
  form.add_choice("pubsub#notification_type", "Type of the messages", config.is_headline ? "headline" : "normal",
                  {"normal", "headline"});
  form.add_choice("pubsub#publish_model", "Who may publish", "publishers", {"publishers"});
}

}  // namespace

std::string_view name_of(AccessModel access) {
  return access_names[static_cast<std::size_t>(access)];
}

std::optional<std::string> NodeConfig::apply(const DataForm& form, bool is_strict) {
  NodeConfig changed = *this;
  for (const auto& field : form.fields) {
    if (field.name == "FORM_TYPE" || field.type == FieldType::fixed) continue;
    const auto answer = apply_field(field, changed);
    if (answer == Outcome::refused || (answer == Outcome::unknown && is_strict)) return field.name;
  }
  *this = std::move(changed);
  return std::nullopt;
}

bool NodeConfig::meets(const DataForm& form) const {
  NodeConfig wanted = *this;
  return !wanted.apply(form, true) && wanted == *this;
}

DataForm NodeConfig::form(FormType form_kind, std::string_view form_type) const {
  FormWriter form(form_kind, form_type);
  add_choices(form, *this);
  for (const auto& flag : flags) form.add(flag.name, FieldType::boolean, flag.label, this->*flag.value ? "1" : "0");
  for (const auto& text : texts) form.add(text.name, FieldType::text_single, text.label, this->*text.value);
  form.add("pubsub#max_items", FieldType::text_single, "How many items are kept",
           max_items == all_items ? "max" : std::to_string(max_items));
  form.add("pubsub#roster_groups_allowed", FieldType::list_multi, "Groups of the roster that may read").values =
      roster_groups;
  return form.take();
}

}  // namespace queqiao::xmpp
