// XEP-0202 Entity Time 2.0: the server's clock, in UTC.
#include "base/time_text.h"
#include "server/shard.h"

namespace queqiao::server {
namespace {

class Time final : public Module {
 public:
  void attach(Shard& shard) override {
    constexpr std::string_view ns = "urn:xmpp:time";
    shard.advertise(ns);
    shard.on_iq(iq_target::server, "time", ns, [&shard](IqRequest request) {
      if (request.is_set()) return request.reply_error(xmpp::StanzaCondition::bad_request);
      request.reply("<time xmlns='urn:xmpp:time'><tzo>+00:00</tzo><utc>" + format_date_time(shard.loop().wall_time()) +
                    "</utc></time>");
    });
  }
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(time, Time)
