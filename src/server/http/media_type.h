#pragma once

#include <string>
#include <string_view>

#include "net/http/message.h"

namespace queqiao::server::http {

// "image/jpeg" out of "image/JPEG; q=1": lower case, without parameters; "" for what is no media type.
std::string media_type(std::string_view value);

// How a file that somebody uploaded is served. Pictures, sounds and films that browsers show without running anything
// keep their type; everything else is bytes to be saved, whatever its owner called it: HTML or SVG of a stranger must
// not run as a page of ours.
void add_file_headers(net::http::Fields& fields, std::string_view type, std::string_view name);

}  // namespace queqiao::server::http
