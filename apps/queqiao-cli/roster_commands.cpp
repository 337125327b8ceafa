#include <string>

#include "command.h"
#include "printer.h"
#include "session.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/roster.h"

// roster and add: RFC 6121 2 and 3.
namespace queqiao::cli {
namespace {

class ShowRoster final : public Command {
 public:
  void online(Session& session, bool) override {
    session.ask(xmpp::IqType::get, {}, to_xml(xmpp::RosterQuery{}), [&session](const xml::Element& iq) {
      const auto roster = xmpp::RosterQuery::parse(iq.first_child());
      if (!roster) return session.finish(ExitCode::refused, "The server's answer cannot be read.");
      for (const auto& contact : roster->entries) print_contact(contact, session.options().is_json);
      session.finish(ExitCode::done);
    });
  }
};

class Add final : public Command {
 public:
  void online(Session& session, bool) override {
    const auto& options = session.options();
    xmpp::RosterEntry entry;
    entry.jid = options.peer.bare();
    entry.name = options.contact_name;
    entry.groups = options.groups;
    xmpp::RosterQuery change;
    change.entries = {entry};
    session.ask(xmpp::IqType::set, {}, to_xml(change), [this, &session](const xml::Element&) { subscribe(session); });
  }

 private:
  // The answer to a request that was sent behind it tells that the server has seen the subscription.
  void subscribe(Session& session) {
    const auto& options = session.options();
    std::string presence;
    xml::Writer writer(presence);
    writer.open("presence").attribute("to", options.peer.bare_text()).attribute("type", "subscribe");
    if (!options.text.empty()) writer.open("status").text(options.text).close();
    writer.close();
    session.send_presence(presence);
    allow(session);
    session.ask(xmpp::IqType::get, {}, to_xml(xmpp::RosterQuery{}), [&session](const xml::Element&) {
      print_note(session.options().peer.text() + " is added and was asked.");
      session.finish(ExitCode::done);
    });
  }

  // Whom one adds may see when one is online: answers a request of theirs, or one that is still to come (RFC 6121 3.4).
  void allow(Session& session) {
    std::string presence;
    xml::Writer writer(presence);
    writer.open("presence").attribute("to", session.options().peer.bare_text()).attribute("type", "subscribed").close();
    session.send_presence(presence);
  }
};

}  // namespace

std::unique_ptr<Command> make_roster(const Options&) {
  return std::make_unique<ShowRoster>();
}
std::unique_ptr<Command> make_add(const Options&) {
  return std::make_unique<Add>();
}

}  // namespace queqiao::cli
