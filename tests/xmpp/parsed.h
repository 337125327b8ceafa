#pragma once

#include <string>
#include <string_view>

#include "xml/parser.h"

namespace queqiao::xmpp {

// A stanza as it comes out of the parser; "no element" when `xml` is not well-formed. It keeps its own bytes.
class Parsed {
 public:
  explicit Parsed(std::string_view xml) { error_ = xml::parse_element(xml, document_); }
  bool is_good() const { return error_ == xml::ParseError::none; }
  xml::Element root() const { return is_good() ? document_.root() : xml::Element(); }

 private:
  xml::Document document_;
  xml::ParseError error_;
};

}  // namespace queqiao::xmpp
