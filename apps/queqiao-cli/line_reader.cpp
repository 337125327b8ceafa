#include "line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "base/assert.h"

namespace queqiao::cli {

LineReader::LineReader(EventLoop& loop, Callbacks callbacks)
    : loop_(loop), callbacks_(std::make_shared<Callbacks>(std::move(callbacks))) {
  QUEQIAO_ASSERT(pipe(stop_) == 0);
  thread_ = std::thread([this] { read(); });
}

LineReader::~LineReader() {
  ::close(stop_[1]);
  thread_.join();
  ::close(stop_[0]);
}

bool LineReader::wait_for_input() const {
  std::array<pollfd, 2> watched{pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{stop_[0], POLLIN, 0}};
  return poll(watched.data(), watched.size(), -1) >= 0 && watched[1].revents == 0;
}

void LineReader::hand_out(std::string& buffer) {
  for (auto end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n')) {
    loop_.post([weak = std::weak_ptr(callbacks_), line = buffer.substr(0, end)]() mutable {
      if (const auto callbacks = weak.lock()) callbacks->on_line(std::move(line));
    });
    buffer.erase(0, end + 1);
  }
}

void LineReader::read() {
  std::string buffer;
  std::array<char, 4096> bytes;
  while (wait_for_input()) {
    const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count <= 0) {
      if (!buffer.empty()) hand_out(buffer += '\n');
      loop_.post([weak = std::weak_ptr(callbacks_)] {
        if (const auto callbacks = weak.lock()) callbacks->on_end();
      });
      return;
    }
    buffer.append(bytes.data(), static_cast<std::size_t>(count));
    hand_out(buffer);
  }
}

}  // namespace queqiao::cli
