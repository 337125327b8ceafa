#include "control_commands.h"

#include <array>

namespace queqiao::daemon {

std::span<const ControlCommand> control_commands() {
  using std::chrono::hours;
  using std::chrono::seconds;
  // A backup reads the whole store, and an announcement writes for each account.
  static constexpr std::array<ControlCommand, 12> commands{{
      {"status", seconds(30), show_status},
      {"sessions", seconds(30), show_sessions},
      {"kick", seconds(30), kick},
      {"users add", seconds(60), add_user},
      {"users passwd", seconds(60), change_password},
      {"users disable", seconds(30), disable_user},
      {"users enable", seconds(30), enable_user},
      {"users delete", seconds(60), delete_user},
      {"users list", seconds(30), list_users},
      {"users count", seconds(30), count_users},
      {"announce", hours(6), announce},
      {"backup", hours(6), back_up},
  }};
  return commands;
}

void back_up(ControlCall call) {
  const std::filesystem::path file = call.text("file").value_or("");
  // queqiaoctl has made it absolute: the server's working directory is none of the caller's business.
  if (!file.is_absolute()) return call.refuse("a backup needs the absolute path of a file");
  call.daemon().store().backup(
      file, {&call.loop(), [call, file](Result<void> outcome) {
               if (!outcome) return call.refuse(outcome.error().message);
               std::error_code ignored;
               call.answer({{"file", file.string()}, {"bytes", std::filesystem::file_size(file, ignored)}});
             }});
}

}  // namespace queqiao::daemon
