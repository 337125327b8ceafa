#include "test_server.h"

#include <algorithm>
#include <thread>

#include "base/assert.h"
#include "base/crypto.h"
#include "base/encoding.h"
#include "server/shard.h"
#include "storage/memory_store.h"
#include "xmpp/jid.h"

namespace queqiao::server::testing {
namespace {

storage::ScramKeys keys_of(Hash hash, std::string_view password) {
  const std::string salt = "salt";
  const auto salted = pbkdf2(hash, password, salt, 1);
  return {salt, 1, digest(hash, hmac(hash, salted, "Client Key")), hmac(hash, salted, "Server Key")};
}

}  // namespace

// Shared between the test, which reads what was sent, and the server, which owns it through a Wire.
class TestClient::TestConnection final : public net::Connection {
 public:
  struct State {
    net::ConnectionHandler* handler = nullptr;
    std::string sent;
    std::string address;
    bool is_loopback = true;
    bool is_closed = false;
    bool is_full = false;
    bool is_reading = true;
  };
  State state;

  void set_handler(net::ConnectionHandler* handler) override { state.handler = handler; }
  void send(std::string_view bytes) override { state.sent.append(bytes); }
  std::size_t queued_bytes() const override { return 0; }
  bool is_congested() const override { return false; }
  bool is_nearly_full() const override { return state.is_full; }
  void set_reading(bool is_reading) override { state.is_reading = is_reading; }
  void start_tls() override {}
  bool is_secure() const override { return false; }
  net::TlsInfo tls_info() const override { return {}; }
  void close() override { state.is_closed = true; }
  std::string peer_address() const override { return state.address; }
  bool is_loopback() const override { return state.is_loopback; }
  std::uint64_t bytes_in() const override { return 0; }
  std::uint64_t bytes_out() const override { return state.sent.size(); }
};

namespace {

// What the server owns: passes everything on to the connection that the test keeps as well.
class Wire final : public net::Connection {
 public:
  explicit Wire(std::shared_ptr<net::Connection> end) : end_(std::move(end)) {}
  ~Wire() override { end_->set_handler(nullptr); end_->close(); }

  void set_handler(net::ConnectionHandler* handler) override { end_->set_handler(handler); }
  void send(std::string_view bytes) override { end_->send(bytes); }
  std::size_t queued_bytes() const override { return 0; }
  bool is_congested() const override { return false; }
  bool is_nearly_full() const override { return end_->is_nearly_full(); }
  void set_reading(bool is_reading) override { end_->set_reading(is_reading); }
  void start_tls() override {}
  bool is_secure() const override { return false; }
  net::TlsInfo tls_info() const override { return {}; }
  void close() override { end_->close(); }
  std::string peer_address() const override { return end_->peer_address(); }
  bool is_loopback() const override { return end_->is_loopback(); }
  std::uint64_t bytes_in() const override { return 0; }
  std::uint64_t bytes_out() const override { return end_->bytes_out(); }

 private:
  std::shared_ptr<net::Connection> end_;
};

}  // namespace

TestClient::TestClient(TestServer& server, std::string address, bool is_loopback) : server_(&server) {
  state_ = std::make_shared<TestConnection>();
  state_->state.address = std::move(address);
  state_->state.is_loopback = is_loopback;
  auto& shard = server.shards().at(server.next_shard_++ % server.shards().count());
  shard.accept(std::make_unique<Wire>(state_));
  parser_ = std::make_unique<xml::Parser>();
}

TestClient::~TestClient() = default;
TestClient::TestClient(TestClient&&) noexcept = default;

TestClient& TestClient::send(std::string_view xml) {
  give(xml);
  server_->run();
  return *this;
}

TestClient& TestClient::give(std::string_view xml) {
  server_->use_config();
  if (state_->state.handler) state_->state.handler->on_bytes(xml);
  return *this;
}

TestClient& TestClient::open() {
  raw();  // of the stream before this one
  parser_->restart();
  return send("<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='" +
              server_->config().domain + "' version='1.0'>");
}

TestClient& TestClient::authenticate(std::string_view user, std::string_view password) {
  std::string message(1, '\0');
  message.append(user).append(1, '\0').append(password);
  return send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + base64_encode(message) + "</auth>");
}

TestClient& TestClient::bind(std::string_view resource) {
  return send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" +
              std::string(resource) + "</resource></bind></iq>");
}

TestClient& TestClient::enable_carbons() {
  return send("<iq type='set' id='carbons'><enable xmlns='urn:xmpp:carbons:2'/></iq>");
}

TestClient& TestClient::available(int priority) {
  send("<presence><priority>" + std::to_string(priority) + "</priority></presence>");
  received();
  return *this;
}

std::string TestClient::raw() { return std::exchange(state_->state.sent, {}); }

std::vector<Received> TestClient::received() {
  const auto bytes = raw();
  std::string_view input = bytes;
  std::vector<Received> all;
  for (;;) {
    auto document = std::make_shared<xml::Document>();
    switch (parser_->parse(input, *document)) {
      case xml::ParseEvent::element: all.push_back({std::move(document)}); break;
      case xml::ParseEvent::stream_opened: break;
      case xml::ParseEvent::stream_closed:
      case xml::ParseEvent::need_more: return all;
      case xml::ParseEvent::failed: QUEQIAO_ASSERT(!"the server sent what is not XML");
    }
  }
}

std::string TestClient::received_text() {
  std::string text;
  for (const auto& stanza : received()) text += stanza.text();
  return text;
}

void TestClient::break_connection() {
  if (auto* handler = std::exchange(state_->state.handler, nullptr)) handler->on_closed(net::CloseReason::peer_closed);
  server_->run();
}

void TestClient::set_full(bool is_full) {
  state_->state.is_full = is_full;
}
bool TestClient::is_closed() const { return state_->state.is_closed; }
bool TestClient::is_read() const { return state_->state.is_reading; }

TestServer::TestServer(std::initializer_list<std::string_view> modules, Config config, unsigned shards)
    : config_(std::move(config)) {
  config_.trusts_loopback = true;
  config_.has_tls = false;
  config_.scram_iterations = 1;
  std::vector<EventLoop*> loops;
  for (unsigned i = 0; i < shards; ++i) loops.push_back(loops_.emplace_back(std::make_unique<TestLoop>()).get());
  store_ = std::make_unique<storage::MemoryStore>([loop = loops.front()] { return loop->wall_time(); });
  std::vector<ModuleEntry> chosen;
  for (const auto& entry : modules::all()) {
    if (modules.size() == 0 || std::find(modules.begin(), modules.end(), entry.name) != modules.end()) {
      chosen.push_back(entry);
    }
  }
  QUEQIAO_ASSERT(modules.size() == 0 || chosen.size() == modules.size());  // a name that no module has
  shards_ = std::make_unique<Shards>(config_, *store_, worker_, loops, chosen);
}

TestServer::~TestServer() {
  worker_.stop();
  store_->stop();
  run();  // tasks may own what answers when it is dropped
}

void TestServer::create_account(std::string_view user, std::string_view password) {
  storage::Account account{.user = std::string(user),
                           .sha1 = keys_of(Hash::sha1, password),
                           .sha256 = keys_of(Hash::sha256, password),
                           .created = loops_.front()->wall_time()};
  store_->create_account(std::move(account), {});
  run();
}

TestClient TestServer::login(std::string_view full_jid) {
  const auto jid = *xmpp::Jid::parse(full_jid);
  create_account(jid.local());  // conflict when it is there: just as well
  TestClient client(*this);
  client.jid_ = jid.text();
  client.open().authenticate(jid.local(), "secret").open().bind(jid.resource());
  const auto answer = client.received_text();
  QUEQIAO_ASSERT(answer.find(jid.text()) != std::string::npos);
  return client;
}

TestClient TestServer::online(std::string_view full_jid, int priority) {
  auto client = login(full_jid);
  client.available(priority);
  return client;
}

void TestServer::use_config() {
  for (unsigned i = 0; i < shards_->count(); ++i) shards_->at(i).reconfigure(config_);
}

void TestServer::run() {
  use_config();
  bool is_busy = true;
  while (is_busy) {
    is_busy = !worker_.is_idle();
    for (auto& loop : loops_) is_busy = loop->run_turn() || is_busy;
    if (is_busy) std::this_thread::yield();
  }
}

void TestServer::advance(std::chrono::milliseconds by) {
  for (auto& loop : loops_) loop->advance(by);
  run();
}

}  // namespace queqiao::server::testing
