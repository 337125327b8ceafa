#pragma once

#include <chrono>
#include <span>
#include <string_view>

#include "control_call.h"

namespace queqiao::daemon {

// What queqiaoctl may ask for. Each function begins on the control thread and answers its call now or later.
struct ControlCommand {
  std::string_view name;
  std::chrono::seconds time_limit;  // after it the caller is told that there was no answer
  void (*run)(ControlCall call);
};
std::span<const ControlCommand> control_commands();

void show_status(ControlCall call);
void show_sessions(ControlCall call);
void kick(ControlCall call);
void add_user(ControlCall call);
void change_password(ControlCall call);
void disable_user(ControlCall call);
void enable_user(ControlCall call);
void delete_user(ControlCall call);
void list_users(ControlCall call);
void count_users(ControlCall call);
void announce(ControlCall call);
void back_up(ControlCall call);

}  // namespace queqiao::daemon
