// What the network layer costs: messages per CPU second of one server thread that copies each message to the sender's
// partner, against the same on bare epoll and on Asio's sockets; memory of idle connections; CPU time of TLS
// handshakes.
//
// Usage: net_bench copy (shard|nested|epoll|asio) CONNECTIONS WINDOW SECONDS | net_bench idle (plain|tls) CONNECTIONS
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/wait.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <future>
#include <latch>
#include <thread>

#include "net/connector.h"
#include "net/listener.h"
#include "net/shards.h"
#include "net/socket.h"
#include "net/tls_context.h"

namespace {

using namespace queqiao;
using namespace queqiao::net;

constexpr std::size_t message_size = 150;  // a short chat message in XML

[[noreturn]] void die(const char* what) {
  std::perror(what);
  std::exit(1);
}

double thread_cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::size_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

// A listening socket on a free port of the loopback.
struct Port {
  FileDescriptor fd;
  std::uint16_t number;
};
Port listen_on_loopback() {
  Port port{FileDescriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), 0};
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(port.fd.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(port.fd.get(), 4096) != 0) {
    die("listen");
  }
  set_stream_options(port.fd.get());
  getsockname(port.fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
  port.number = ntohs(address.sin_port);
  return port;
}

FileDescriptor connect_to(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  FileDescriptor fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) die("connect");
  set_stream_options(fd.get());
  return fd;
}

// A thread that copies what comes on sockets 2i and 2i+1 to the other of the pair.
class CopyServer {
 public:
  virtual ~CopyServer() = default;
  virtual void add(FileDescriptor fd) = 0;  // before run()
  virtual void start() = 0;
  virtual void stop() = 0;
  virtual double cpu_seconds() = 0;  // of its thread, up to now
};

// The layer under test.
class ShardCopy final : public CopyServer {
 public:
  explicit ShardCopy(bool is_nested) : is_nested_(is_nested) {}
  void add(FileDescriptor fd) override { fds_.push_back(std::move(fd)); }
  void start() override {
    shard_.start();
    call([this] {
      if (is_nested_) shard_.asio();
      for (auto& fd : fds_) {
        auto end = std::make_unique<End>();
        end->connection = std::make_unique<SocketConnection>(shard_, std::move(fd), IpAddress(), default_limits);
        end->connection->set_handler(end.get());
        ends_.push_back(std::move(end));
      }
      for (std::size_t i = 0; i < ends_.size(); ++i) ends_[i]->partner = ends_[i ^ 1].get();
    });
  }
  void stop() override {
    call([this] { ends_.clear(); });
    shard_.stop();
  }
  double cpu_seconds() override {
    double seconds = 0;
    call([&] { seconds = thread_cpu_seconds(); });
    return seconds;
  }

 private:
  struct End final : ConnectionHandler {
    void on_bytes(std::string_view bytes) override { partner->connection->send(bytes); }
    void on_closed(CloseReason) override {}
    std::unique_ptr<SocketConnection> connection;
    End* partner = nullptr;
  };
  template <class F>
  void call(F task) {
    std::promise<void> done;
    shard_.post([&] {
      task();
      done.set_value();
    });
    done.get_future().wait();
  }

  const bool is_nested_;
  Shard shard_{0};
  std::vector<FileDescriptor> fds_;
  std::vector<std::unique_ptr<End>> ends_;
};

// The ceiling: nothing but the system calls and one copy.
class EpollCopy final : public CopyServer {
 public:
  void add(FileDescriptor fd) override { ends_.push_back({std::move(fd), {}, false}); }
  void start() override {
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, ends_[i].fd.get(), &event);
    }
    thread_ = std::thread([this] { run(); });
  }
  void stop() override {
    is_stopping_ = true;
    thread_.join();
  }
  double cpu_seconds() override {
    clockid_t clock{};
    pthread_getcpuclockid(thread_.native_handle(), &clock);
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }

 private:
  struct End {
    FileDescriptor fd;
    std::string output;
    bool is_dirty;
  };
  void run() {
    std::vector<char> buffer(64 << 10);
    std::vector<std::size_t> dirty;
    std::array<epoll_event, 256> events;
    while (!is_stopping_) {
      const int count = epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 100);
      for (int i = 0; i < count; ++i) {
        const auto from = events[i].data.u64;
        const auto received = recv(ends_[from].fd.get(), buffer.data(), buffer.size(), 0);
        if (received <= 0) continue;
        End& to = ends_[from ^ 1];
        to.output.append(buffer.data(), static_cast<std::size_t>(received));
        if (!std::exchange(to.is_dirty, true)) dirty.push_back(from ^ 1);
      }
      for (const auto index : dirty) {
        End& to = ends_[index];
        if (send(to.fd.get(), to.output.data(), to.output.size(), MSG_NOSIGNAL) < 0) die("send");
        to.output.clear();
        to.is_dirty = false;
      }
      dirty.clear();
    }
  }

  FileDescriptor epoll_{epoll_create1(EPOLL_CLOEXEC)};
  std::vector<End> ends_;
  std::atomic<bool> is_stopping_{false};
  std::thread thread_;
};

// Asio's sockets: a wait per socket, then recv into a shared buffer, output flushed once per turn.
class AsioCopy final : public CopyServer {
 public:
  void add(FileDescriptor fd) override {
    ends_.push_back(std::make_unique<End>(End{boost::asio::ip::tcp::socket(context_), {}, false}));
    ends_.back()->socket.assign(boost::asio::ip::tcp::v4(), fd.release());
    ends_.back()->socket.non_blocking(true);
  }
  void start() override {
    for (std::size_t i = 0; i < ends_.size(); ++i) await(i);
    thread_ = std::thread([this] { run(); });
  }
  void stop() override {
    is_stopping_ = true;
    context_.stop();
    thread_.join();
  }
  double cpu_seconds() override {
    clockid_t clock{};
    pthread_getcpuclockid(thread_.native_handle(), &clock);
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }

 private:
  struct End {
    boost::asio::ip::tcp::socket socket;
    std::string output;
    bool is_dirty;
  };
  void await(std::size_t index) {
    ends_[index]->socket.async_wait(boost::asio::socket_base::wait_read, [this, index](const auto& error) {
      if (error) return;
      copy(index);
      await(index);
    });
  }
  void copy(std::size_t from) {
    const auto received = recv(ends_[from]->socket.native_handle(), buffer_.data(), buffer_.size(), 0);
    if (received <= 0) return;
    End& to = *ends_[from ^ 1];
    to.output.append(buffer_.data(), static_cast<std::size_t>(received));
    if (!std::exchange(to.is_dirty, true)) dirty_.push_back(&to);
  }
  void run() {
    while (!is_stopping_) {
      if (context_.run_one() == 0) return;
      context_.poll();
      for (End* to : dirty_) {
        if (send(to->socket.native_handle(), to->output.data(), to->output.size(), MSG_NOSIGNAL) < 0) die("send");
        to->output.clear();
        to->is_dirty = false;
      }
      dirty_.clear();
    }
  }

  boost::asio::io_context context_{1};
  std::vector<char> buffer_ = std::vector<char>(64 << 10);
  std::vector<std::unique_ptr<End>> ends_;
  std::vector<End*> dirty_;
  std::atomic<bool> is_stopping_{false};
  std::thread thread_;
};

// Keeps WINDOW messages of every client under way: a client answers each message with one of its own.
class Load {
 public:
  Load(std::vector<FileDescriptor> clients, int window) : clients_(std::move(clients)) {
    const std::string first(message_size * static_cast<std::size_t>(window), 'm');
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, clients_[i].get(), &event);
      if (send(clients_[i].get(), first.data(), first.size(), MSG_NOSIGNAL) < 0) die("send");
    }
  }

  std::uint64_t run(double seconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    std::uint64_t bytes = 0;
    std::array<epoll_event, 256> events;
    while (std::chrono::steady_clock::now() < end) {
      const int count = epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 100);
      for (int i = 0; i < count; ++i) {
        const int fd = clients_[events[i].data.u64].get();
        const auto received = recv(fd, buffer_.data(), buffer_.size(), 0);
        if (received <= 0 || send(fd, buffer_.data(), static_cast<std::size_t>(received), MSG_NOSIGNAL) < 0)
          die("load");
        bytes += static_cast<std::uint64_t>(received);
      }
    }
    return bytes / message_size;
  }

 private:
  FileDescriptor epoll_{epoll_create1(EPOLL_CLOEXEC)};
  std::vector<FileDescriptor> clients_;
  std::vector<char> buffer_ = std::vector<char>(64 << 10);
};

std::unique_ptr<CopyServer> make_server(const std::string& kind) {
  if (kind == "shard") return std::make_unique<ShardCopy>(false);
  if (kind == "nested") return std::make_unique<ShardCopy>(true);
  if (kind == "epoll") return std::make_unique<EpollCopy>();
  if (kind == "asio") return std::make_unique<AsioCopy>();
  return nullptr;
}

int copy(const std::string& kind, int connections, int window, double seconds) {
  const auto server = make_server(kind);
  if (!server) return 2;
  const auto port = listen_on_loopback();
  std::vector<FileDescriptor> clients;
  for (int i = 0; i < connections / 2 * 2; ++i) {
    clients.push_back(connect_to(port.number));
    server->add(FileDescriptor(accept4(port.fd.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)));
  }
  server->start();
  Load load(std::move(clients), window);
  load.run(seconds / 4);
  const double before = server->cpu_seconds();
  const auto messages = load.run(seconds);
  const double cpu = server->cpu_seconds() - before;
  std::printf("%s: %d connections, window %d: %.0f messages/s, %.0f per CPU second of the server\n", kind.c_str(),
              connections, window, static_cast<double>(messages) / seconds, static_cast<double>(messages) / cpu);
  server->stop();
  return 0;
}

// The clients of `idle`, in a process of their own so that their memory is not counted.
struct IdleClient final : ConnectionHandler {
  void on_bytes(std::string_view) override {}
  void on_closed(CloseReason) override {}
  std::unique_ptr<Connection> connection;
};
[[noreturn]] void hold_idle_clients(bool is_tls, int count, int port_pipe) {
  std::uint16_t port = 0;
  if (read(port_pipe, &port, sizeof port) != sizeof port) std::_Exit(1);
  const auto context = *TlsContext::client({.is_verifying = false, .authorities = {}});
  Shard shard(0);
  shard.start();
  Connector connector;
  std::vector<IdleClient> clients(static_cast<std::size_t>(count));
  for (auto& client : clients) {
    std::promise<void> connected;
    connector.connect(shard, {"127.0.0.1", port},
                      {.tls_start = is_tls ? TlsStart::at_once : TlsStart::by_request, .tls = context.get()},
                      [&](auto connection) {
                        if (!connection) std::_Exit(1);
                        client.connection = *std::move(connection);
                        client.connection->set_handler(&client);
                        connected.set_value();
                      });
    connected.get_future().wait();
  }
  char byte = 0;
  std::_Exit(read(port_pipe, &byte, 1) < 0 ? 1 : 0);  // until the server ends
}

// Counts connections that are ready, TLS included, and answers the first bytes: a session has written and read once.
struct IdleServerEnd final : ConnectionHandler {
  IdleServerEnd(std::unique_ptr<Connection> its, std::latch& ready) : connection(std::move(its)), left(ready) {
    connection->set_handler(this);
  }
  void on_bytes(std::string_view) override {}
  void on_secured() override {
    connection->send("<stream:features/>");
    left.count_down();
  }
  void on_closed(CloseReason) override {}
  std::unique_ptr<Connection> connection;
  std::latch& left;
};

int idle(bool is_tls, int count) {
  int pipe_ends[2];
  if (pipe(pipe_ends) != 0) die("pipe");
  const pid_t clients = fork();
  if (clients == 0) {
    close(pipe_ends[1]);
    hold_idle_clients(is_tls, count, pipe_ends[0]);
  }
  const auto tls = *TlsContext::server(*Certificate::self_signed("localhost"));
  std::latch left(count);
  std::vector<std::unique_ptr<IdleServerEnd>> ends;
  ends.reserve(static_cast<std::size_t>(count));
  Shards shards(1);
  shards.start();
  const auto listener = *Listener::open(
      shards, {"127.0.0.1", 0}, {.tls_start = is_tls ? TlsStart::at_once : TlsStart::by_request, .tls = tls.get()},
      [&](Shard&, std::unique_ptr<Connection> connection) {
        ends.push_back(std::make_unique<IdleServerEnd>(std::move(connection), left));
        if (!is_tls) ends.back()->on_secured();
      });
  const auto cpu = [&] {
    std::promise<double> seconds;
    shards[0].post([&] { seconds.set_value(thread_cpu_seconds()); });
    return seconds.get_future().get();
  };
  const auto memory_before = resident_bytes();
  const auto cpu_before = cpu();
  const auto port = listener->port();
  if (write(pipe_ends[1], &port, sizeof port) != sizeof port) die("write");
  left.wait();
  const auto cpu_each = (cpu() - cpu_before) / count;
  const auto memory_each = (resident_bytes() - memory_before) / static_cast<std::size_t>(count);
  std::printf("%s: %d idle connections, %zu bytes resident and %.0f us of CPU to begin each (object: %zu bytes)\n",
              is_tls ? "tls" : "plain", count, memory_each, cpu_each * 1e6, sizeof(SocketConnection));
  close(pipe_ends[1]);
  waitpid(clients, nullptr, 0);
  listener->stop();
  std::promise<void> dropped;
  shards[0].post([&] {
    ends.clear();
    dropped.set_value();
  });
  dropped.get_future().wait();
  shards.stop();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "copy" && argc == 6) return copy(argv[2], std::atoi(argv[3]), std::atoi(argv[4]), std::atof(argv[5]));
  if (what == "idle" && argc == 4) return idle(std::strcmp(argv[2], "tls") == 0, std::atoi(argv[3]));
  std::fputs("usage: net_bench copy (shard|nested|epoll|asio) CONNECTIONS WINDOW SECONDS | idle (plain|tls) N\n",
             stderr);
  return 2;
}
