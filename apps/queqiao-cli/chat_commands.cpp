#include <memory>
#include <string>
#include <utility>

#include "command.h"
#include "line_reader.h"
#include "message.h"
#include "printer.h"
#include "session.h"
#include "xmpp/xep/carbons.h"

// send, listen and chat.
namespace queqiao::cli {
namespace {

class Send final : public Command {
 public:
  void online(Session& session, bool) override {
    if (number_ != 0) return;  // it is under way; the stream sends it again if need be
    if (!session.stream().has_acknowledgements()) {
      return session.finish(ExitCode::refused,
                            "The server does not acknowledge messages (XEP-0198), so nothing was sent.");
    }
    const auto& options = session.options();
    number_ = session.send_message(write_message(options.peer, options.text, session.stream().make_id()));
  }
  void acknowledged(Session& session, std::uint64_t up_to) override {
    if (number_ != 0 && up_to >= number_) session.finish(ExitCode::done);
  }
  void received(Session& session, const xml::Element& stanza) override {
    if (const auto error = xmpp::read_error(stanza)) {
      session.finish(ExitCode::refused, "The message came back: " + std::string(name_of(error->condition)));
    }
  }

 private:
  std::uint64_t number_ = 0;
};

// Becomes visible to the server, so that messages come, and asks for those that other devices send and receive.
void appear(Session& session, bool is_resumed) {
  if (is_resumed) return;
  std::string enable;
  xml::Writer writer(enable);
  xmpp::write_carbons_enable(writer);
  // A server without carbons is no reason to stop.
  session.stream().request(xmpp::IqType::set, {}, enable, session.loop().now(), [](const xmpp::IqAnswer&) {});
  session.send_presence("<presence/>");
}

class Listen final : public Command {
 public:
  void online(Session& session, bool is_resumed) override { appear(session, is_resumed); }
  void received(Session& session, const xml::Element& stanza) override {
    const auto message = read_message(stanza, session.options().account, session.loop().wall_time());
    if (message && seen_.add(*message)) print_message(*message, session.options().is_json);
  }
  bool stays() const override { return true; }

 private:
  SeenMessages seen_;
};

class Chat final : public Command {
 public:
  void online(Session& session, bool is_resumed) override {
    appear(session, is_resumed);
    if (reader_) return;
    print_note("Talking to " + session.options().peer.text() + ". End with Ctrl-D.");
    reader_ = std::make_unique<LineReader>(
        session.loop(), LineReader::Callbacks{[this, &session](std::string line) { say(session, line); },
                                              [this, &session] { input_ended(session); }});
  }
  void received(Session& session, const xml::Element& stanza) override {
    const auto& options = session.options();
    const auto message = read_message(stanza, options.account, session.loop().wall_time());
    if (!message) return;
    const auto other = xmpp::Jid::parse(message->is_outgoing ? message->to : message->from);
    if (!other || other->bare_text() != options.peer.bare_text()) return;
    if (seen_.add(*message)) print_message(*message, options.is_json);
  }
  void acknowledged(Session& session, std::uint64_t up_to) override {
    confirmed_ = up_to;
    if (has_ended_ && confirmed_ >= last_) session.finish(ExitCode::done);
  }
  bool stays() const override { return true; }

 private:
  void say(Session& session, const std::string& line) {
    if (!line.empty()) {
      last_ = session.send_message(write_message(session.options().peer, line, session.stream().make_id()));
    }
  }
  // What was typed last must have arrived first, where the server tells.
  void input_ended(Session& session) {
    has_ended_ = true;
    const bool is_told = session.stream().has_acknowledgements() || !session.stream().is_online();
    if (!is_told || confirmed_ >= last_) session.finish(ExitCode::done);
  }

  SeenMessages seen_;
  std::unique_ptr<LineReader> reader_;
  std::uint64_t last_ = 0;
  std::uint64_t confirmed_ = 0;
  bool has_ended_ = false;
};

}  // namespace

std::unique_ptr<Command> make_send(const Options&) {
  return std::make_unique<Send>();
}
std::unique_ptr<Command> make_listen(const Options&) {
  return std::make_unique<Listen>();
}
std::unique_ptr<Command> make_chat(const Options&) {
  return std::make_unique<Chat>();
}

}  // namespace queqiao::cli
