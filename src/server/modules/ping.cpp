// XEP-0199 XMPP Ping 2.0.1: the server answers pings to itself and to accounts.
#include "server/shard.h"

namespace queqiao::server {
namespace {

class Ping final : public Module {
 public:
  void attach(Shard& shard) override {
    constexpr std::string_view ns = "urn:xmpp:ping";
    shard.advertise(ns);
    shard.on_iq(iq_target::server | iq_target::own_account, "ping", ns, [](IqRequest request) { request.reply(); });
  }
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(ping, Ping)
