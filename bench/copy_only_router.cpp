// The ceiling for a message server on one thread: logs any XMPP client in with canned answers, finds the `to` address
// in the bytes of a message and copies them to that user's connection, flushed once per destination and loop turn. It
// parses, checks, stamps and stores nothing, so whatever a real server spends above it is its own work.
//
// Usage: copy_only_router PORT (listens on 127.0.0.1; prints "copy_only_router: ready")
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/hash.h"

namespace {

using queqiao::TextMap;

constexpr std::string_view header =
    "<?xml version='1.0'?><stream:stream from='localhost' id='1' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>";
constexpr std::string_view sasl_features =
    "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>"
    "</stream:features>";
constexpr std::string_view bind_features =
    "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>";
constexpr std::string_view sasl_success = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
constexpr std::string_view message_end = "</message>";

struct Connection {
  int fd = -1;
  std::string user;    // empty until logged in
  std::string input;   // an unfinished stanza
  std::string output;  // not yet flushed
  bool is_dirty = false;
  bool is_blocked = false;  // the kernel's buffer was full: waits for EPOLLOUT
  bool is_closing = false;
};

// The value of the attribute that `prefix` (name, equals sign, quote) begins; empty when it is missing.
std::string_view value_after(std::string_view bytes, std::string_view prefix) {
  const std::size_t at = bytes.find(prefix);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + prefix.size();
  return bytes.substr(begin, bytes.find(prefix.back(), begin) - begin);
}

class Router {
 public:
  explicit Router(std::uint16_t port)
      : epoll_(epoll_create1(0)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
    const int on = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_listening_ =
        ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(listener_, 4096) == 0;
    control(EPOLL_CTL_ADD, listener_, EPOLLIN, nullptr);
  }
  bool is_listening() const { return is_listening_; }

  [[noreturn]] void run() {
    std::array<epoll_event, 256> events;
    for (;;) {
      const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < count; ++i) handle(events[i]);
      for (Connection* connection : dirty_) flush(*connection);
      dirty_.clear();
      for (Connection* connection : closing_) destroy(*connection);
      closing_.clear();
    }
  }

 private:
  void control(int operation, int fd, unsigned interest, void* pointer) {
    epoll_event event{};
    event.events = interest;
    event.data.ptr = pointer;
    epoll_ctl(epoll_, operation, fd, &event);
  }

  void handle(const epoll_event& event) {
    auto* connection = static_cast<Connection*>(event.data.ptr);
    if (!connection) return accept_all();
    if (event.events & EPOLLOUT) send_rest(*connection);
    if (event.events & ~static_cast<unsigned>(EPOLLOUT)) read(*connection);
  }

  void accept_all() {
    int fd;
    while ((fd = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0) {
      const int on = 1;
      ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      auto* connection = new Connection();  // owned by the epoll set until destroy()
      connection->fd = fd;
      control(EPOLL_CTL_ADD, fd, EPOLLIN, connection);
    }
  }

  void read(Connection& connection) {
    const long count = ::recv(connection.fd, buffer_.data(), buffer_.size(), 0);
    if (count <= 0) return close_later(connection);
    std::string_view bytes(buffer_.data(), static_cast<std::size_t>(count));
    std::string joined;
    if (!connection.input.empty()) {
      joined = connection.input.append(bytes);
      bytes = joined;
    }
    connection.input.assign(take(connection, bytes));
  }

  // Handles the stanzas in `bytes`; what is left is unfinished.
  std::string_view take(Connection& connection, std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t size = bytes.starts_with("<message ") ? route(bytes) : answer(connection, bytes);
      if (size == 0) break;
      bytes.remove_prefix(size);
    }
    return bytes;
  }

  std::size_t route(std::string_view bytes) {
    const std::size_t end = bytes.find(message_end);
    if (end == std::string_view::npos) return 0;
    const std::size_t size = end + message_end.size();
    const std::string_view to = value_after(bytes.substr(0, size), " to='");
    const auto user = users_.find(to.substr(0, to.find('@')));
    if (user != users_.end()) append(*user->second, bytes.substr(0, size));
    return size;
  }

  // The canned half of RFC 6120 and 6121: each clause answers one thing that a client says before it can chat.
  std::size_t answer(Connection& connection, std::string_view bytes) {
    const std::size_t tag_end = bytes.find('>');
    if (tag_end == std::string_view::npos) return 0;
    if (bytes.starts_with("<?xml") || bytes.starts_with("<presence")) return tag_end + 1;
    if (bytes.starts_with("<stream:stream")) {
      append(connection, header);
      append(connection, connection.user.empty() ? sasl_features : bind_features);
      return tag_end + 1;
    }
    if (bytes.starts_with("<auth")) return log_in(connection, bytes, tag_end + 1);
    if (bytes.starts_with("<iq")) return answer_iq(connection, bytes);
    if (bytes.starts_with("</stream:stream>")) append(connection, "</stream:stream>");
    return tag_end + 1;
  }

  std::size_t log_in(Connection& connection, std::string_view bytes, std::size_t begin) {
    constexpr std::string_view end_tag = "</auth>";
    const std::size_t end = bytes.find(end_tag);
    if (end == std::string_view::npos) return 0;
    const std::string plain = queqiao::base64_decode(bytes.substr(begin, end - begin)).value_or("");
    connection.user =
        plain.empty() ? "" : plain.substr(1, plain.find('\0', 1) - 1);  // RFC 4616: [authzid] NUL authcid NUL password
    users_.insert_or_assign(connection.user, &connection);
    append(connection, sasl_success);
    return end + end_tag.size();
  }

  std::size_t answer_iq(Connection& connection, std::string_view bytes) {
    constexpr std::string_view end_tag = "</iq>";
    const std::size_t end = bytes.find(end_tag);
    if (end == std::string_view::npos) return 0;
    append(connection, "<iq type='result' id='");
    append(connection, value_after(bytes, " id='"));
    append(connection, "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>");
    append(connection, connection.user);
    append(connection, "@localhost/bench</jid></bind></iq>");
    return end + end_tag.size();
  }

  void append(Connection& connection, std::string_view bytes) {
    connection.output += bytes;
    if (connection.is_dirty) return;
    connection.is_dirty = true;
    dirty_.push_back(&connection);
  }

  void flush(Connection& connection) {
    connection.is_dirty = false;
    if (!connection.is_blocked) send_rest(connection);
  }

  void send_rest(Connection& connection) {
    const long count = ::send(connection.fd, connection.output.data(), connection.output.size(), MSG_NOSIGNAL);
    if (count > 0) connection.output.erase(0, static_cast<std::size_t>(count));
    const bool is_blocked = !connection.output.empty();
    if (is_blocked == connection.is_blocked) return;
    connection.is_blocked = is_blocked;
    control(EPOLL_CTL_MOD, connection.fd, EPOLLIN | (is_blocked ? EPOLLOUT : 0U), &connection);
  }

  // At the end of the turn: until then the connection may be in dirty_ or in a later event.
  void close_later(Connection& connection) {
    if (connection.is_closing) return;
    connection.is_closing = true;
    closing_.push_back(&connection);
  }

  void destroy(Connection& connection) {
    const auto user = users_.find(connection.user);
    if (user != users_.end() && user->second == &connection) users_.erase(user);
    ::close(connection.fd);
    delete &connection;
  }

  int epoll_;
  int listener_;
  bool is_listening_ = false;
  TextMap<Connection*> users_;
  std::vector<Connection*> dirty_;
  std::vector<Connection*> closing_;
  std::vector<char> buffer_ = std::vector<char>(256 * 1024);
};

}  // namespace

int main(int count, char** arguments) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  Router router(static_cast<std::uint16_t>(count > 1 ? std::atoi(arguments[1]) : 5222));
  if (!router.is_listening()) {
    std::perror("copy_only_router");
    return 1;
  }
  std::puts("copy_only_router: ready");
  std::fflush(stdout);
  router.run();
}
