#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/worker.h"
#include "net/connection.h"
#include "server/config.h"
#include "server/modules/module_list.h"
#include "server/shards.h"
#include "storage/store.h"
#include "test_loop.h"
#include "xml/element.h"
#include "xml/parser.h"

namespace queqiao::server::testing {

class TestServer;

// One stanza that a client received: the bytes, and the elements over them.
struct Received {
  std::shared_ptr<xml::Document> document;
  xml::Element element() const { return document->root(); }
  std::string text() const { return std::string(document->root().raw()); }
};

// A client on a connection without a socket. What it was sent is read by the project's own parser.
class TestClient {
 public:
  TestClient(TestServer& server, std::string address = "127.0.0.1", bool is_loopback = true);
  ~TestClient();
  TestClient(TestClient&&) noexcept;

  TestClient& send(std::string_view xml);           // then the server runs until nothing is left to do
  TestClient& give(std::string_view xml);           // the same, and the server does not run
  TestClient& open();                               // sends the stream header; forgets what came before
  TestClient& authenticate(std::string_view user, std::string_view password);  // PLAIN
  TestClient& bind(std::string_view resource);
  TestClient& enable_carbons();
  TestClient& available(int priority = 0);          // broadcasts presence and forgets what came back
  std::vector<Received> received();                 // everything since the last call
  std::string received_text();                      // the same as one text
  void break_connection();                          // as when the network dies: no </stream:stream>
  void set_full(bool is_full);                      // as when it does not read and the server's queue for it is long
  bool is_closed() const;                           // by the server
  bool is_read() const;                             // by the server, who may have paused
  const std::string& jid() const { return jid_; }

 private:
  friend class TestServer;
  class TestConnection;
  std::string raw();

  TestServer* server_;
  std::shared_ptr<TestConnection> state_;
  std::unique_ptr<xml::Parser> parser_;
  std::string jid_;
};

// The whole server on one thread, with the store in memory, a clock that stands still, and the modules named (none: all).
class TestServer {
 public:
  explicit TestServer(std::initializer_list<std::string_view> modules = {}, Config config = {}, unsigned shards = 2);
  ~TestServer();

  void create_account(std::string_view user, std::string_view password = "secret");
  // Logs in "user@domain/resource", making the account when it is not there; with no presence sent.
  TestClient login(std::string_view full_jid);
  TestClient online(std::string_view full_jid, int priority = 0);  // the same, and available
  void run();                                        // until nothing is left to do
  void advance(std::chrono::milliseconds by);        // moves the clock, then runs
  Shards& shards() { return *shards_; }
  storage::Store& store() { return *store_; }
  // What a test changes here counts from what it does next; the domain, and whether there is an archive, stay.
  Config& config() { return config_; }
  TestLoop& loop(unsigned shard) { return *loops_[shard]; }

 private:
  friend class TestClient;
  void use_config();

  Config config_;
  std::vector<std::unique_ptr<TestLoop>> loops_;
  std::unique_ptr<storage::Store> store_;
  Worker worker_;
  std::unique_ptr<Shards> shards_;
  unsigned next_shard_ = 0;
};

}  // namespace queqiao::server::testing
