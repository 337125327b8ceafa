#include "base/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <iterator>
#include <memory>

#include "base/text.h"

namespace queqiao::log {
namespace {

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
    case Level::off:
      break;
  }
  return spdlog::level::off;
}

std::shared_ptr<spdlog::logger> make_logger() {
  auto logger = std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::trace);  // is_on() has decided already
  return logger;
}

// Never destroyed: threads and destructors may write until the very end of the process.
spdlog::logger& logger() {
  static auto* const kept = new std::shared_ptr<spdlog::logger>(make_logger());
  return **kept;
}

// What a terminal or an editor obeys instead of showing: C1 controls, line separators, bidirectional formatting.
bool is_deceptive(std::string_view character) {
  if (character.size() == 2) return character[0] == '\xc2' && static_cast<unsigned char>(character[1]) < 0xa0;
  if (character.size() != 3 || character[0] != '\xe2') return false;
  const auto last = static_cast<unsigned char>(character[2]);
  if (character[1] == '\x80') return last == 0x8e || last == 0x8f || (last >= 0xa8 && last <= 0xae);  // U+200E..202E
  return character[1] == '\x81' && last >= 0xa6 && last <= 0xa9;                                      // U+2066..2069
}

bool is_plain(char c) {
  return c >= 0x20 && c < 0x7f;
}

void append_escapes(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    if (c == '\n') {
      out += "\\n";
    } else {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = utf8_front_size(text);
    const std::string_view character = text.substr(0, size == 0 ? 1 : size);
    const bool is_shown = size == 1 ? is_plain(text[0]) : size > 1 && !is_deceptive(character);
    if (is_shown) {
      out += character;
    } else {
      append_escapes(out, character);
    }
    text.remove_prefix(character.size());
  }
  return out;
}

namespace detail {

// A line that cannot be written (standard error closed, no memory) is lost; it is no reason to stop serving.
void write(Level level, fmt::string_view format, fmt::format_args arguments) try {
  const std::string line = escaped(fmt::vformat(format, arguments));
  logger().log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
} catch (const std::exception&) {
}

}  // namespace detail
}  // namespace queqiao::log
