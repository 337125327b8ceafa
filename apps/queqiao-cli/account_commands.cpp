#include <string>

#include "command.h"
#include "printer.h"
#include "session.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/registration.h"

// register and passwd: XEP-0077 In-Band Registration.
namespace queqiao::cli {
namespace {

class Enroll final : public Command {
 public:
  void registered(Session& session) override { print_note(session.options().account.text() + " is registered."); }
  // The log-in that follows proves that the account works.
  void online(Session& session, bool) override { session.finish(ExitCode::done); }
};

class Passwd final : public Command {
 public:
  void online(Session& session, bool) override {
    const auto& options = session.options();
    xmpp::Registration change;
    change.fields = {{"username", std::string(options.account.local())}, {"password", options.new_password}};
    const auto server = xmpp::Jid::from_parts({}, options.account.domain(), {});
    session.ask(xmpp::IqType::set, *server, to_xml(change), [&session](const xml::Element&) {
      print_note("The password is changed.");
      session.finish(ExitCode::done);
    });
  }
};

}  // namespace

std::unique_ptr<Command> make_enroll(const Options&) {
  return std::make_unique<Enroll>();
}
std::unique_ptr<Command> make_passwd(const Options&) {
  return std::make_unique<Passwd>();
}

}  // namespace queqiao::cli
