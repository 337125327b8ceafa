#pragma once

#include <string_view>

#include "xml/parser.h"

namespace queqiao::xml {

// Checks an XML declaration (XML 1.0 2.8), given from "<?" to '>': version 1.x, and UTF-8 as the encoding, if any is
// named (RFC 6120 11.6). A processing instruction that is no declaration is restricted_xml.
ParseError check_declaration(std::string_view bytes);

}  // namespace queqiao::xml
