// RFC 3921 3: the session that clients opened after they had bound their resource. RFC 6120 has none any more, so there
// is nothing to do; but the stream's features still offer it, as optional, and older clients ask and give up without an
// answer.
#include "server/shard.h"
#include "xmpp/namespaces.h"

namespace queqiao::server {
namespace {

class SessionRequest final : public Module {
 public:
  void attach(Shard& shard) override {
    shard.on_iq(iq_target::server | iq_target::own_account, "session", xmpp::ns::session, [](IqRequest request) {
      if (!request.is_set()) return request.reply_error(xmpp::StanzaCondition::bad_request);
      request.reply();
    });
  }
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(session, SessionRequest)
