#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace queqiao {

std::string base64_encode(std::string_view bytes);     // RFC 4648 4, with padding
std::string base64url_encode(std::string_view bytes);  // RFC 4648 5, without padding
// Strict, so that one value has one text: nothing on white space, on characters outside the alphabet, on missing or
// misplaced padding, and on bits that are set beyond the last byte (RFC 4648 3.3, 3.5).
std::optional<std::string> base64_decode(std::string_view text);
// The same, with white space anywhere: what people's software has broken into lines (RFC 2045 6.8).
std::optional<std::string> base64_decode_lines(std::string_view text);

std::string hex_encode(std::string_view bytes);                // lower case
std::optional<std::string> hex_decode(std::string_view text);  // either case; nothing on an odd length


// RFC 3986 2.1: everything but letters, digits and "-._~" as %XX, so that the text is one segment of any URI.
std::string percent_encode(std::string_view bytes);
std::optional<std::string> percent_decode(std::string_view text);  // nothing on '%' without two hexadecimal digits

}  // namespace queqiao
