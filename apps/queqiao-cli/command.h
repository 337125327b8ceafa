#pragma once

#include <cstdint>
#include <memory>

#include "options.h"
#include "xml/element.h"

namespace queqiao::cli {

class Session;

// What one subcommand does with its session. All calls come on the shard's thread.
class Command {
 public:
  virtual ~Command() = default;
  virtual void online(Session& session, bool is_resumed) = 0;
  virtual void registered(Session&) {}
  // A message or presence; it may come again after a new session.
  virtual void received(Session&, const xml::Element&) {}
  virtual void acknowledged(Session&, std::uint64_t /*up_to*/) {}
  // Whether it goes on until it is told to end; otherwise --timeout limits it.
  virtual bool stays() const { return false; }
};

std::unique_ptr<Command> make_enroll(const Options& options);
std::unique_ptr<Command> make_passwd(const Options& options);
std::unique_ptr<Command> make_send(const Options& options);
std::unique_ptr<Command> make_listen(const Options& options);
std::unique_ptr<Command> make_chat(const Options& options);
std::unique_ptr<Command> make_history(const Options& options);
std::unique_ptr<Command> make_roster(const Options& options);
std::unique_ptr<Command> make_add(const Options& options);

}  // namespace queqiao::cli
