#pragma once

namespace queqiao::client {

// Makes the icons, the style sheet and the translations of this library known to Qt; set_look() and set_language() do
// it. A static library's resources are not found by themselves.
void load_resources();

}  // namespace queqiao::client
