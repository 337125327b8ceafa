// What most files of the server include, read once per build (queqiao_precompiled() in cmake/queqiao.cmake). Every file still
// includes what it uses: builds by Clang, the fuzzers' among them, do without this.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>
