#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/jid.h"

// XEP-0004 Data Forms 2.13.1 with XEP-0068 form types. Pure values: any thread.
namespace queqiao::xmpp {

enum class FormType : unsigned char { form, submit, cancel, result };

// XEP-0004 3.3. `unspecified` is what a submitted field may be, and counts as text-single in a form.
enum class FieldType : unsigned char {
  unspecified,
  boolean,
  fixed,
  hidden,
  jid_multi,
  jid_single,
  list_multi,
  list_single,
  text_multi,
  text_private,
  text_single
};

struct FormField {
  struct Option {
    std::string value;
    std::string label;
  };

  std::string name;  // 'var'; may be empty for `fixed` only
  FieldType type = FieldType::unspecified;
  std::vector<std::string> values;
  std::string label;
  std::string description;
  bool is_required = false;
  std::vector<Option> options;
  std::string extra;  // XML of further content with its own namespace, such as the media of XEP-0221; written, not read
};

class DataForm {
 public:
  using Row = std::vector<FormField>;

  explicit DataForm(FormType type = FormType::submit, std::string_view form_type = {});  // form_type: XEP-0068
  // `x` is the <x xmlns='jabber:x:data'/> element. Nothing when it is none, when its type is unknown, or when a field
  // lacks its name (XEP-0004 3.2).
  static std::optional<DataForm> parse(const xml::Element& x);
  // The form among the children of `parent`.
  static std::optional<DataForm> find(const xml::Element& parent);
  void write(xml::Writer& writer) const;

  FormType type() const { return type_; }
  std::string_view form_type() const;  // the value of FORM_TYPE; empty without one

  DataForm& add(FormField field);
  DataForm& add(std::string_view name, std::string_view value, FieldType type = FieldType::unspecified);

  // Typed look-ups: nothing when the field is absent, has no value, or has a value of another type.
  const FormField* field(std::string_view name) const;
  std::optional<std::string_view> text(std::string_view name) const;
  std::optional<bool> boolean(std::string_view name) const;
  std::optional<Jid> jid(std::string_view name) const;
  std::vector<std::string> values(std::string_view name) const;  // empty when absent
  template <std::integral Number>
  std::optional<Number> number(std::string_view name) const {
    const auto value = text(name);
    return value ? parse_number<Number>(*value) : std::nullopt;
  }

  std::string title;
  std::vector<std::string> instructions;
  std::vector<FormField> fields;    // FORM_TYPE included
  std::vector<FormField> reported;  // XEP-0004 3.4: the columns of a table of results
  std::vector<Row> items;           // and its rows

 private:
  FormType type_;
};

}  // namespace queqiao::xmpp
