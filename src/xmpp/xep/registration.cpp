#include "xmpp/xep/registration.h"

#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

constexpr std::string_view out_of_band_ns = "jabber:x:oob";  // XEP-0066

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

}  // namespace queqiao::xmpp
