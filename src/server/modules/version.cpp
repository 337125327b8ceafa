// XEP-0092 Software Version 1.1. The operating system is told only when the operator wants it.
#include "server/shard.h"
#include "xml/writer.h"

namespace queqiao::server {
namespace {

class Version final : public Module {
 public:
  void attach(Shard& shard) override {
    constexpr std::string_view ns = "jabber:iq:version";
    shard.advertise(ns);
    shard.on_iq(iq_target::server, "query", ns, [&shard](IqRequest request) {
      if (request.is_set()) return request.reply_error(xmpp::StanzaCondition::bad_request);
      std::string out;
      xml::Writer writer(out);
      writer.open("query", ns).open("name").text("Queqiao").close().open("version").text(QUEQIAO_VERSION).close();
      if (const auto& os = shard.config().shown_os; !os.empty()) writer.open("os").text(os).close();
      writer.close();
      request.reply(out);
    });
  }
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(version, Version)
