#pragma once

#include <string>
#include <string_view>

namespace queqiao::storage {

// What a full-text search of the archive looks at: the text of the bodies of a message; empty without one. `stanza` is
// in jabber:client.
std::string message_text(std::string_view stanza);

// `stanza` with `content` in the place of its content; its attributes stay. `stanza` is what our own writer made.
std::string with_content(std::string_view stanza, std::string_view content);

}  // namespace queqiao::storage
