#include "xmpp/xep/registration.h"

#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

constexpr std::string_view out_of_band_ns = "jabber:x:oob";  // XEP-0066

using KnownValues = std::map<std::string, std::string, std::less<>>;

void answer_form(const DataForm& question, const KnownValues& known, RegistrationAnswer& answer) {
  DataForm form(FormType::submit);
  for (const auto& asked : question.fields) {
    if (asked.type == FieldType::fixed) continue;
    FormField field;
    field.name = asked.name;
    field.type = asked.type == FieldType::hidden ? FieldType::hidden : FieldType::unspecified;
    field.values = asked.values;
    if (const auto place = known.find(asked.name); place != known.end()) field.values = {place->second};
    if (field.values.empty() && asked.is_required) answer.missing.push_back(asked.name);
    if (!field.values.empty()) form.add(std::move(field));
  }
  answer.registration.form = std::move(form);
}

}  // namespace

std::optional<Registration> Registration::parse(const xml::Element& query) {
  if (!query.is("query", ns::register_query)) return std::nullopt;
  Registration registration;
  registration.form = DataForm::find(query);
  registration.url = query.child("x", out_of_band_ns).child("url").text();
  for (const auto child : query.children()) {
    if (child.ns() != ns::register_query) continue;
    if (child.name() == "registered") {
      registration.is_registered = true;
    } else if (child.name() == "remove") {
      registration.is_removal = true;
    } else if (child.name() == "instructions") {
      registration.instructions = child.text();
    } else {
      registration.fields.emplace_back(child.name(), child.text());
    }
  }
  return registration;
}

void Registration::write(xml::Writer& writer) const {
  writer.open("query", ns::register_query);
  if (is_registered) writer.open("registered").close();
  if (is_removal) writer.open("remove").close();
  if (!instructions.empty()) writer.open("instructions").text(instructions).close();
  for (const auto& [name, value] : fields) {
    writer.open(name);
    if (!value.empty()) writer.text(value);
    writer.close();
  }
  if (form) form->write(writer);
  if (!url.empty()) writer.open("x", out_of_band_ns).open("url").text(url).close().close();
  writer.close();
}

std::optional<std::string_view> Registration::value(std::string_view name) const {
  if (form) return form->text(name);
  for (const auto& [field, value] : fields) {
    if (field == name) return value;
  }
  return std::nullopt;
}

RegistrationAnswer answer_registration(const Registration& question, const KnownValues& known) {
  RegistrationAnswer answer;
  if (question.form) {
    answer_form(*question.form, known, answer);
    return answer;
  }
  for (const auto& [name, value] : question.fields) {
    const auto place = known.find(name);
    const auto& text = place == known.end() ? value : place->second;
    // XEP-0077 3.1: every field that the server lists is demanded.
    if (text.empty()) answer.missing.push_back(name);
    answer.registration.fields.emplace_back(name, text);
  }
  return answer;
}

}  // namespace queqiao::xmpp
