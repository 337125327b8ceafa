#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace queqiao::ctl {

// The server's answer to `request` as people like to read it, with its line ends.
std::string report(const nlohmann::json& request, const nlohmann::json& result);

}  // namespace queqiao::ctl
