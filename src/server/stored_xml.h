#pragma once

#include "xml/parser.h"

namespace queqiao::server {

// For what the server has stored in its own writing, which may be longer than what a client may send at once: parts of
// it came one after the other, and limits may have been higher then.
inline constexpr xml::ParserLimits stored_xml_limits{.element_bytes = 16 << 20, .elements = 1 << 20};

}  // namespace queqiao::server
