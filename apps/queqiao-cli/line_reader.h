#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "base/event_loop.h"

namespace queqiao::cli {

// Reads standard input on a thread of its own, since a terminal, a pipe and a file can be waited for in one way only by
// blocking. Lines and the end arrive on `loop`, in order; nothing arrives once the reader is destroyed, which is done
// on the loop's thread.
class LineReader {
 public:
  struct Callbacks {
    std::function<void(std::string)> on_line;
    std::function<void()> on_end;
  };

  LineReader(EventLoop& loop, Callbacks callbacks);
  ~LineReader();  // stops
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

 private:
  void read();
  bool wait_for_input() const;
  void hand_out(std::string& buffer);

  EventLoop& loop_;
  std::shared_ptr<Callbacks> callbacks_;  // tasks that are under way hold it weakly
  int stop_[2] = {-1, -1};                // a pipe whose end of life ends the wait
  std::thread thread_;
};

}  // namespace queqiao::cli
