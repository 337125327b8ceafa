#pragma once

#include <vector>

#include "server/module.h"

namespace queqiao::server::modules {

// All modules that are compiled in, in the order of CMakeLists.txt.
const std::vector<ModuleEntry>& all();

}  // namespace queqiao::server::modules
