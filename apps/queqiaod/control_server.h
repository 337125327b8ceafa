#pragma once

#include <memory>

#include "base/result.h"

namespace queqiao::daemon {

class Daemon;

// Serves the control socket on a thread of its own, from start to stop.
class ControlServer {
 public:
  // `daemon` runs, and outlives this one's stop().
  static Result<std::unique_ptr<ControlServer>> start(Daemon& daemon);
  ~ControlServer();  // stop()

  // No caller is served any more, and the socket is gone. Answers that come later are dropped, so whoever may still
  // give one must be gone before this object is.
  void stop();

 private:
  class Desk;
  ControlServer(std::unique_ptr<Desk> desk);

  std::unique_ptr<Desk> desk_;
};

}  // namespace queqiao::daemon
