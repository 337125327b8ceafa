#pragma once

#include <string>
#include <string_view>

#include "xml/element.h"

namespace queqiao::xml {

// Append `text` to `out` so that it means the same as content or inside single or double quotes. Characters that XML
// 1.0 cannot carry (control characters) are left out.
void escape_text(std::string& out, std::string_view text);
void escape_attribute(std::string& out, std::string_view text);

// Writes elements by hand, where a tree would only be in the way:
//   Writer(out).open("query", roster_ns).attribute("ver", version).open("item").attribute("jid", jid).close().close();
// `open` with a namespace declares it as the default namespace; without one the element is in its parent's.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() = default;

  Writer& open(std::string_view name, std::string_view ns = {});
  Writer& attribute(std::string_view name, std::string_view value);
  Writer& text(std::string_view text);  // escaped
  Writer& raw(std::string_view xml);    // as it is: well-formed content in this place's namespace
  Writer& close();                      // writes <a/> when nothing came after open

 private:
  void end_start_tag();

  std::string& out_;
  std::string names_;  // of the open elements, each ended by NUL
  bool in_start_tag_ = false;
};

// Serialises `element` with every namespace declared where it is needed, for a place whose default namespace is
// `default_ns`.
void write(std::string& out, const Element& element, std::string_view default_ns);

}  // namespace queqiao::xml
