#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "xmpp/stream/client_stream.h"
#include "xmpp/stream/server_stream.h"

// Both of our ends of a stream, back to back.
namespace queqiao::xmpp {
namespace {

using namespace std::chrono_literals;

const Jid juliet = *Jid::parse("juliet@capulet.lit/balcony");
const sasl::ChannelBindings channel{"the exporter's bytes", "the certificate's hash"};

// What a server does with the events of its stream: one account, one password.
class Conversation {
 public:
  Conversation(const std::string& password, sasl::ChannelBindings client_channel)
      : client_channel_(std::move(client_channel)), server_(rules(), false), client_(settings(password)) {
    client_.open(now_);
    while (exchange()) {
    }
  }

  std::string tell_client(std::string_view bytes) {
    client_.receive(bytes, now_);
    pull_client();
    return client_.take_output();
  }
  const std::optional<Online>& online() const { return online_; }
  const std::optional<StreamEnd>& end() const { return end_; }
  const ServerStream& server() const { return server_; }
  const std::string& transcript() const { return transcript_; }

 private:
  static const ServerStreamRules& rules() {
    static const ServerStreamRules rules = [] {
      ServerStreamRules made;
      made.domain = "capulet.lit";
      return made;
    }();
    return rules;
  }
  static ClientSettings settings(const std::string& password) {
    ClientSettings settings;
    settings.account = juliet;
    settings.password = password;
    return settings;
  }

  // One turn of each side; false when both are silent.
  bool exchange() {
    pull_client();
    const auto question = client_.take_output();
    server_.receive(question);
    xml::Document document;
    while (answer(server_.next_event(document))) {
    }
    server_.keep_unread();
    const auto reply = server_.take_output();
    transcript_ += question + reply;
    client_.receive(reply, now_);
    pull_client();
    return !question.empty() || !reply.empty();
  }

  bool answer(const StreamEvent& event) {
    using Kind = StreamEvent::Kind;
    if (event.kind == Kind::find_keys) {
      server_.keys(sasl::ScramKeys::make("r0m30", sasl::default_scram_iterations, server_.mechanism_hash()));
    }
    if (event.kind == Kind::authenticated) server_.set_features("<sm xmlns='urn:xmpp:sm:3'/>");
    if (event.kind == Kind::bind) server_.bound(juliet);
    return event.kind != Kind::none && event.kind != Kind::failed && event.kind != Kind::closed;
  }

  void pull_client() {
    while (const auto event = client_.next_event(now_)) {
      if (const auto* online = std::get_if<Online>(&*event)) online_ = *online;
      if (const auto* end = std::get_if<StreamEnded>(&*event)) end_ = end->reason;
      if (!std::holds_alternative<TlsWanted>(*event)) continue;
      server_.secured(channel);
      client_.secured(client_channel_, now_);
    }
  }

  TimePoint now_{1h};
  sasl::ChannelBindings client_channel_;
  ServerStream server_;
  ClientStream client_;
  std::string transcript_;
  std::optional<Online> online_;
  std::optional<StreamEnd> end_;
};

TEST(BothEnds, ComeFromNothingToABoundResourceByTheStrongestMechanism) {
  Conversation talk("r0m30", channel);
  EXPECT_TRUE(talk.server().is_established());
  EXPECT_EQ(talk.server().user(), "juliet");
  EXPECT_NE(talk.transcript().find("mechanism='SCRAM-SHA-256-PLUS'"), std::string::npos) << talk.transcript();
  talk.tell_client("<enabled xmlns='urn:xmpp:sm:3'/>");
  ASSERT_TRUE(talk.online()) << talk.transcript();
  EXPECT_EQ(talk.online()->jid, juliet);
}

TEST(BothEnds, AWrongPasswordIsRefused) {
  Conversation talk("wrong", channel);
  EXPECT_EQ(talk.end(), StreamEnd::login_refused);
  EXPECT_FALSE(talk.server().is_authenticated());
}

// RFC 5802 6: who sits between has one TLS channel with each side, and they differ.
TEST(BothEnds, AManInTheMiddleIsNoticed) {
  Conversation talk("r0m30", {"another exporter", "another hash"});
  EXPECT_EQ(talk.end(), StreamEnd::login_refused);
  EXPECT_FALSE(talk.server().is_authenticated());
}

}  // namespace
}  // namespace queqiao::xmpp
