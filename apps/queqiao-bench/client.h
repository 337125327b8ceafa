#pragma once

#include <netinet/in.h>

#include <memory>
#include <string>
#include <string_view>

#include "channel.h"
#include "negotiation.h"
#include "reactor.h"
#include "settings.h"

namespace queqiao::bench {

class Client;

// What a client tells whoever runs it. From these calls a client may be written to or left, never destroyed or
// connected.
class ClientOwner {
 public:
  virtual ~ClientOwner() = default;
  virtual void on_ready(Client& client) = 0;
  // A stanza that arrived after on_ready(), or a presence or message before; `arrival` is when its bytes were read.
  virtual void on_stanza(Client& client, std::string_view stanza, Nanos arrival) = 0;
  // `failure` is empty after leave().
  virtual void on_closed(Client& client, const std::string& failure) = 0;
};

// What all clients of a run share.
struct Surroundings {
  const Settings& settings;
  Reactor& reactor;
  TlsContext& tls;
  ScramKeys& keys;
  sockaddr_in server;
};

// One connection of one user. Reads into a buffer that all clients share, so that an idle one costs little here too.
class Client final : public Pollable {
 public:
  Client(std::size_t index, Surroundings& surroundings, ClientOwner& owner);

  void connect(Goal goal);
  void send(std::string_view bytes);  // leaves at the end of the turn
  // Sends a message stanza, and a request for acknowledgement (XEP-0198 4) when it is time for one.
  void send_message(std::string_view stanza);
  void leave();  // </stream:stream>; on_closed() follows when the server has answered
  std::size_t index() const { return index_; }
  Nanos connect_time() const { return connect_time_; }
  std::uint64_t acknowledged() const { return acknowledged_; }

  void on_readable() override;
  void on_writable() override;
  void flush() override;

 private:
  enum class State { closed, connecting, securing, negotiating, ready, leaving };

  void open_stream();
  void secure();
  void read_all();
  void take(std::string_view bytes, Nanos arrival);
  void take_element(std::string_view element, Nanos arrival);
  void negotiate(std::string_view element);
  bool take_acknowledgement(std::string_view element);
  void watch_writable(bool wanted);
  void end(std::string failure);

  std::size_t index_;
  Surroundings& surroundings_;  // not owned
  ClientOwner& owner_;          // not owned
  State state_ = State::closed;
  Channel channel_;
  std::unique_ptr<Negotiation> negotiation_;  // until ready
  std::string input_;                         // an unfinished stanza
  std::string output_;
  bool is_dirty_ = false;
  bool is_watching_writable_ = false;
  Nanos connect_time_ = 0;
  std::uint32_t stanzas_in_ = 0;  // XEP-0198 4: handled since <enabled/>, modulo 2^32
  std::uint64_t messages_out_ = 0;
  std::uint64_t acknowledged_ = 0;
};

}  // namespace queqiao::bench
