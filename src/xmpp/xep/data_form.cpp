#include "xmpp/xep/data_form.h"

#include <algorithm>
#include <array>
#include <utility>

#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

constexpr std::string_view form_type_field = "FORM_TYPE";
constexpr std::array<std::string_view, 4> form_names{"form", "submit", "cancel", "result"};
constexpr std::array<std::string_view, 11> field_names{"",           "boolean",      "fixed",      "hidden",
                                                       "jid-multi",  "jid-single",   "list-multi", "list-single",
                                                       "text-multi", "text-private", "text-single"};

template <class Enum, std::size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto place = std::find(names.begin(), names.end(), name);
  if (place == names.end()) return std::nullopt;
  return static_cast<Enum>(place - names.begin());
}

// XEP-0004 3.3: a type that we do not know is treated as text-single.
FieldType parse_field_type(std::string_view type) {
  return find_name<FieldType>(field_names, type).value_or(FieldType::text_single);
}

std::optional<FormField> parse_field(const xml::Element& element) {
  FormField field;
  field.name = element.attribute("var");
  field.type = parse_field_type(element.attribute("type"));
  if (field.name.empty() && field.type != FieldType::fixed) return std::nullopt;
  field.label = element.attribute("label");
  for (const auto child : element.children()) {
    if (child.ns() != ns::data_forms) continue;
    if (child.name() == "value") field.values.push_back(child.text());
    if (child.name() == "desc") field.description = child.text();
    if (child.name() == "required") field.is_required = true;
    if (child.name() == "option") {
      field.options.push_back({child.child("value").text(), std::string(child.attribute("label"))});
    }
  }
  return field;
}

std::optional<DataForm::Row> parse_row(const xml::Element& parent) {
  DataForm::Row row;
  for (const auto child : parent.children()) {
    if (!child.is("field", ns::data_forms)) continue;
    auto field = parse_field(child);
    if (!field) return std::nullopt;
    row.push_back(*std::move(field));
  }
  return row;
}

void write_field(xml::Writer& writer, const FormField& field) {
  writer.open("field");
  if (!field.name.empty()) writer.attribute("var", field.name);
  if (field.type != FieldType::unspecified) {
    writer.attribute("type", field_names[static_cast<std::size_t>(field.type)]);
  }
  if (!field.label.empty()) writer.attribute("label", field.label);
  if (!field.description.empty()) writer.open("desc").text(field.description).close();
  if (field.is_required) writer.open("required").close();
  for (const auto& value : field.values) writer.open("value").text(value).close();
  for (const auto& option : field.options) {
    writer.open("option");
    if (!option.label.empty()) writer.attribute("label", option.label);
    writer.open("value").text(option.value).close().close();
  }
  if (!field.extra.empty()) writer.raw(field.extra);
  writer.close();
}

void write_row(xml::Writer& writer, std::string_view name, const DataForm::Row& row) {
  writer.open(name);
  for (const auto& field : row) write_field(writer, field);
  writer.close();
}

}  // namespace

DataForm::DataForm(FormType type, std::string_view form_type) : type_(type) {
  if (!form_type.empty()) add(form_type_field, form_type, FieldType::hidden);
}

std::optional<DataForm> DataForm::parse(const xml::Element& x) {
  if (!x.is("x", ns::data_forms)) return std::nullopt;
  const auto type = find_name<FormType>(form_names, x.attribute("type"));
  auto fields = parse_row(x);
  if (!type || !fields) return std::nullopt;
  DataForm form(*type);
  form.fields = *std::move(fields);
  for (const auto child : x.children()) {
    if (child.ns() != ns::data_forms) continue;
    if (child.name() == "title") form.title = child.text();
    if (child.name() == "instructions") form.instructions.push_back(child.text());
    if (child.name() != "reported" && child.name() != "item") continue;
    auto row = parse_row(child);
    if (!row) return std::nullopt;
    if (child.name() == "reported") {
      form.reported = *std::move(row);
    } else {
      form.items.push_back(*std::move(row));
    }
  }
  return form;
}

std::optional<DataForm> DataForm::find(const xml::Element& parent) {
  return parse(parent.child("x", ns::data_forms));
}

void DataForm::write(xml::Writer& writer) const {
  writer.open("x", ns::data_forms).attribute("type", form_names[static_cast<std::size_t>(type_)]);
  if (!title.empty()) writer.open("title").text(title).close();
  for (const auto& line : instructions) writer.open("instructions").text(line).close();
  for (const auto& field : fields) write_field(writer, field);
  if (!reported.empty()) write_row(writer, "reported", reported);
  for (const auto& item : items) write_row(writer, "item", item);
  writer.close();
}

std::string_view DataForm::form_type() const {
  return text(form_type_field).value_or(std::string_view());
}

DataForm& DataForm::add(FormField field) {
  fields.push_back(std::move(field));
  return *this;
}

DataForm& DataForm::add(std::string_view name, std::string_view value, FieldType type) {
  FormField field;
  field.name = name;
  field.type = type;
  field.values.emplace_back(value);
  return add(std::move(field));
}

const FormField* DataForm::field(std::string_view name) const {
  for (const auto& field : fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

std::optional<std::string_view> DataForm::text(std::string_view name) const {
  const auto* found = field(name);
  if (!found || found->values.empty()) return std::nullopt;
  return found->values.front();
}

std::optional<bool> DataForm::boolean(std::string_view name) const {
  const auto value = text(name);
  if (value == "1" || value == "true") return true;
  if (value == "0" || value == "false") return false;
  return std::nullopt;
}

std::optional<Jid> DataForm::jid(std::string_view name) const {
  const auto value = text(name);
  return value ? Jid::parse(*value) : std::nullopt;
}

std::vector<std::string> DataForm::values(std::string_view name) const {
  const auto* found = field(name);
  return found ? found->values : std::vector<std::string>();
}

}  // namespace queqiao::xmpp
