#include "xmpp/stream/client_stream.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "xmpp/namespaces.h"

namespace queqiao::xmpp {
namespace {

using namespace std::chrono_literals;

const Jid juliet = *Jid::parse("juliet@capulet.lit/balcony");
constexpr std::string_view header =
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    "from='capulet.lit' id='s1' version='1.0'>";
constexpr std::string_view starttls =
    "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>";
constexpr std::string_view only_plain =
    "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>"
    "<register xmlns='http://jabber.org/features/iq-register'/></stream:features>";
constexpr std::string_view success = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
constexpr std::string_view session_features =
    "<stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/></stream:features>";
constexpr std::string_view enabled = "<enabled xmlns='urn:xmpp:sm:3' id='sm1' resume='true'/>";

std::string join(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const auto part : parts) all += part;
  return all;
}

// A client whose server is a script, with ids that count and a clock that the test moves.
class Dialogue {
 public:
  explicit Dialogue(bool requires_tls = true, bool wants_registration = false) {
    ClientSettings settings;
    settings.account = juliet;
    settings.password = "r0m30myr0m30";
    settings.requires_tls = requires_tls;
    settings.wants_registration = wants_registration;
    settings.random = [this] { return "id" + std::to_string(++ids_); };
    stream = std::make_unique<ClientStream>(std::move(settings));
  }

  // Gives the server's bytes to the client; keeps the kinds of events, and the raw stanzas.
  void hear(std::string_view bytes) {
    stream->receive(bytes, now);
    pull();
  }
  void pull() {
    while (auto event = stream->next_event(now)) {
      if (const auto* received = std::get_if<StanzaReceived>(&*event)) stanzas.emplace_back(received->stanza.raw());
      if (const auto* news = std::get_if<Acknowledged>(&*event)) acknowledged = news->up_to;
      if (const auto* over = std::get_if<StreamEnded>(&*event)) end = *over;
      if (const auto* up = std::get_if<Online>(&*event)) online = *up;
      if (const auto* wanted = std::get_if<RegistrationWanted>(&*event)) question = wanted->question;
      if (std::holds_alternative<TlsWanted>(*event)) wants_tls = true;
    }
  }
  std::string said() { return stream->take_output(); }

  // Direct TLS and PLAIN, up to the features after log-in.
  void log_in() {
    stream->open(now, sasl::ChannelBindings{});
    hear(join({header, only_plain}));
    hear(join({success, header, session_features}));
  }
  // The answer to <bind/>, whose request has the id that was drawn last.
  std::string bound() const {
    return "<iq type='result' id='id" + std::to_string(ids_) +
           "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>juliet@capulet.lit/balcony</jid></bind></iq>";
  }
  void go_online() {
    log_in();
    hear(bound());
    hear(enabled);
    said();
  }

  std::unique_ptr<ClientStream> stream;
  TimePoint now{1h};
  std::vector<std::string> stanzas;
  std::optional<StreamEnded> end;
  std::optional<Online> online;
  std::optional<Registration> question;
  std::uint64_t acknowledged = 0;
  bool wants_tls = false;

 private:
  int ids_ = 0;
};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ClientStream, SendsNothingButStartTlsBeforeTls) {
  Dialogue d;
  d.stream->open(d.now);
  EXPECT_FALSE(has(d.said(), "juliet"));  // RFC 6120 4.7.1
  d.hear(join({header, starttls}));
  EXPECT_EQ(d.said(), "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  d.hear("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  EXPECT_TRUE(d.wants_tls);
  d.stream->secured({}, d.now);
  EXPECT_TRUE(has(d.said(), "from='juliet@capulet.lit'"));
}

// RFC 6120 5.2; CVE-2016-10027: a server without STARTTLS may be one whose offer was taken out.
TEST(ClientStream, GivesUpWithoutAnOfferOfTls) {
  Dialogue d;
  d.stream->open(d.now);
  d.said();
  d.hear(join({header, only_plain}));
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->reason, StreamEnd::no_tls);
  EXPECT_EQ(d.said(), "</stream:stream>");
}

// RFC 6120 5.4.3.3.
TEST(ClientStream, AcceptsNothingBehindProceed) {
  Dialogue d;
  d.stream->open(d.now);
  d.hear(join({header, starttls}));
  d.hear("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><stream:features/>");
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->reason, StreamEnd::protocol);
  EXPECT_FALSE(d.wants_tls);
}

TEST(ClientStream, NeverShowsThePasswordWithoutTls) {
  Dialogue d(false);
  d.stream->open(d.now);
  d.hear(join({header, only_plain}));
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->reason, StreamEnd::no_mechanism);
  EXPECT_FALSE(has(d.said(), "<auth"));
}

TEST(ClientStream, BindsEnablesAcknowledgementsAndIsOnline) {
  Dialogue d;
  d.log_in();
  const auto asked = d.said();
  EXPECT_TRUE(has(asked, "mechanism='PLAIN'>" + base64_encode(std::string("\0juliet\0r0m30myr0m30", 20)))) << asked;
  EXPECT_TRUE(has(asked, "<resource>balcony</resource>")) << asked;
  d.hear(d.bound());
  EXPECT_EQ(d.said(), "<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
  EXPECT_FALSE(d.online);
  d.hear(enabled);
  ASSERT_TRUE(d.online);
  EXPECT_EQ(d.online->jid, juliet);
  EXPECT_FALSE(d.online->is_resumed);
}

// RFC 5802: who relays a log-in cannot compute the server's signature.
TEST(ClientStream, RefusesASuccessWithoutProof) {
  Dialogue d;
  d.stream->open(d.now, sasl::ChannelBindings{});
  d.hear(join({header,
               "<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism>"
               "<mechanism>SCRAM-SHA-1</mechanism></mechanisms></stream:features>"}));
  EXPECT_TRUE(has(d.said(), "SCRAM-SHA-1"));
  d.hear(success);
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->reason, StreamEnd::not_proven);
}

TEST(ClientStream, BindsTheChannelWhereBothSidesCan) {
  const auto auth = [](const sasl::ChannelBindings& tls, std::string_view types) {
    Dialogue d;
    d.stream->open(d.now, tls);
    d.hear(join({header, "<stream:features>", types,
                 "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>SCRAM-SHA-256</mechanism>"
                 "<mechanism>SCRAM-SHA-256-PLUS</mechanism></mechanisms></stream:features>"}));
    const auto said = d.said();
    const auto start = said.find('>', said.find("<auth")) + 1;
    return said.substr(said.find("mechanism='") + 11, 18) + " " +
           base64_decode(said.substr(start, said.find('<', start) - start)).value_or("").substr(0, 22);
  };
  const sasl::ChannelBindings both{"exporter", "end point"};
  constexpr std::string_view end_point_only =
      "<sasl-channel-binding xmlns='urn:xmpp:sasl-cb:0'><channel-binding type='tls-server-end-point'/>"
      "</sasl-channel-binding>";
  EXPECT_EQ(auth(both, ""), "SCRAM-SHA-256-PLUS p=tls-exporter,,n=juli");
  EXPECT_EQ(auth(both, end_point_only), "SCRAM-SHA-256-PLUS p=tls-server-end-point");
  EXPECT_EQ(auth({}, "").substr(0, 14), "SCRAM-SHA-256'");
}

TEST(ClientStream, ReportsMessagesAsAcknowledgedOnlyWhenTheServerSaysSo) {
  Dialogue d;
  d.go_online();
  const auto first = d.stream->send_message("<message id='1'/>", d.now);
  const auto second = d.stream->send_message("<message id='2'/>", d.now);
  EXPECT_EQ(d.said(), "<message id='1'/><message id='2'/><r xmlns='urn:xmpp:sm:3'/>");
  EXPECT_EQ(d.acknowledged, 0u);
  d.hear("<a xmlns='urn:xmpp:sm:3' h='1'/>");
  EXPECT_EQ(d.acknowledged, first);
  EXPECT_EQ(d.said(), "<r xmlns='urn:xmpp:sm:3'/>");
  d.hear("<a xmlns='urn:xmpp:sm:3' h='2'/>");
  EXPECT_EQ(d.acknowledged, second);
  EXPECT_EQ(d.stream->unacknowledged_bytes(), 0u);
}

// XEP-0198 4.
TEST(ClientStream, EndsWhenTheServerAcknowledgesWhatWasNeverSent) {
  Dialogue d;
  d.go_online();
  d.hear("<a xmlns='urn:xmpp:sm:3' h='1'/>");
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->reason, StreamEnd::protocol);
}

TEST(ClientStream, ResumesAndSendsAgainWhatTheServerDidNotGet) {
  Dialogue d;
  d.go_online();
  d.hear("<message from='romeo@montague.lit'><body>hi</body></message>");
  d.stream->send_message("<message id='1'/>", d.now);
  d.stream->send_message("<message id='2'/>", d.now);
  d.said();
  d.stream->connection_lost();
  d.stream->send_message("<message id='3'/>", d.now);
  d.log_in();
  EXPECT_TRUE(has(d.said(), "<resume xmlns='urn:xmpp:sm:3' h='1' previd='sm1'/>"));
  d.online.reset();
  d.hear("<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='1'/>");
  ASSERT_TRUE(d.online && d.online->is_resumed);
  EXPECT_EQ(d.acknowledged, 1u);
  EXPECT_EQ(d.said(), "<message id='2'/><message id='3'/><r xmlns='urn:xmpp:sm:3'/>");
  d.hear("<a xmlns='urn:xmpp:sm:3' h='3'/>");
  EXPECT_EQ(d.acknowledged, 3u);
}

// XEP-0198 5: <failed h=…/> still tells what has arrived.
TEST(ClientStream, SendsMessagesAgainInANewSessionButNothingElse) {
  Dialogue d;
  d.go_online();
  d.stream->send_message("<message id='1'/>", d.now);
  d.stream->send_presence("<presence/>");
  d.stream->send_message("<message id='2'/>", d.now);
  bool is_lost = false;
  d.stream->request(IqType::get, {}, "<q xmlns='q'/>", d.now,
                    [&](const IqAnswer& answer) { is_lost = answer.kind == IqAnswer::Kind::lost; });
  d.said();
  d.stream->connection_lost();
  EXPECT_FALSE(is_lost);
  d.log_in();
  d.said();
  d.hear("<failed xmlns='urn:xmpp:sm:3' h='1'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
  EXPECT_TRUE(is_lost);
  EXPECT_EQ(d.acknowledged, 1u);
  d.hear(d.bound());
  d.said();
  d.hear(enabled);
  EXPECT_EQ(d.said(), "<message id='2'/><r xmlns='urn:xmpp:sm:3'/>");
  d.hear("<a xmlns='urn:xmpp:sm:3' h='1'/>");
  EXPECT_EQ(d.acknowledged, 2u);
}

TEST(ClientStream, AnswersWithTheNumberOfStanzasReceived) {
  Dialogue d;
  d.go_online();
  d.hear("<presence/><message/><iq type='result' id='nobody asked'/><r xmlns='urn:xmpp:sm:3'/>");
  EXPECT_EQ(d.said(), "<a xmlns='urn:xmpp:sm:3' h='3'/>");
  EXPECT_EQ(d.stanzas.size(), 2u);
}

// XEP-0280 11 and RFC 6121 2.1.6: others cannot write into the account.
TEST(ClientStream, DropsForgedCarbonsAndRosterPushes) {
  Dialogue d;
  d.go_online();
  constexpr std::string_view copy =
      "<sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' "
      "from='juliet@capulet.lit/phone'><body>I</body></message></forwarded></sent></message>";
  d.hear(join({"<message from='mallory@evil.lit'>", copy}));
  d.hear(
      "<iq type='set' id='p' from='mallory@evil.lit'><query xmlns='jabber:iq:roster'><item "
      "jid='m@evil.lit'/></query></iq>");
  EXPECT_TRUE(d.stanzas.empty());
  d.hear(join({"<message from='juliet@capulet.lit'>", copy}));
  d.hear("<iq type='set' id='p'><query xmlns='jabber:iq:roster'><item jid='m@evil.lit'/></query></iq>");
  EXPECT_EQ(d.stanzas.size(), 2u);
}

TEST(ClientStream, TakesAnAnswerOnlyFromWhomItAsked) {
  struct Case {
    const char* to;
    const char* from;
    bool is_taken;
  };
  for (const auto& [to, from, is_taken] : std::vector<Case>{{"", "", true},
                                                            {"", "juliet@capulet.lit", true},
                                                            {"", "mallory@evil.lit", false},
                                                            {"", "capulet.lit", false},
                                                            {"capulet.lit", "capulet.lit", true},
                                                            {"capulet.lit", "", false},
                                                            {"romeo@montague.lit/o", "Romeo@Montague.lit/o", true},
                                                            {"romeo@montague.lit/o", "romeo@montague.lit", false}}) {
    Dialogue d;
    d.go_online();
    bool is_answered = false;
    d.stream->request(IqType::get, Jid::parse(to).value_or(Jid()), "<q xmlns='q'/>", d.now,
                      [&](const IqAnswer& answer) { is_answered = answer.is_result(); });
    const auto said = d.said();
    const auto at = said.find("id='") + 4;
    const auto id = said.substr(at, said.find('\'', at) - at);
    d.hear("<iq type='result' id='" + id + "' from='" + from + "'/>");
    EXPECT_EQ(is_answered, is_taken) << to << " " << from;
  }
}

TEST(ClientStream, ARequestWithoutAnAnswerTimesOut) {
  Dialogue d;
  d.go_online();
  auto kind = IqAnswer::Kind::result;
  d.stream->request(IqType::get, {}, "<q xmlns='q'/>", d.now, [&](const IqAnswer& answer) { kind = answer.kind; });
  d.said();
  d.hear("<a xmlns='urn:xmpp:sm:3' h='1'/>");
  d.now = *d.stream->next_deadline();
  d.stream->tick(d.now);
  EXPECT_EQ(kind, IqAnswer::Kind::timed_out);
}

// The end of the stream would end the session, too; after a silence it is to be resumed.
TEST(ClientStream, ASilentServerIsAskedAndThenGivenUpWithoutEndingTheSession) {
  Dialogue d;
  d.go_online();
  d.now = *d.stream->next_deadline();
  d.stream->tick(d.now);
  EXPECT_EQ(d.said(), "<r xmlns='urn:xmpp:sm:3'/>");
  d.now = *d.stream->next_deadline();
  d.stream->tick(d.now);
  d.pull();
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->reason, StreamEnd::timed_out);
  EXPECT_TRUE(d.end->may_retry);
  EXPECT_EQ(d.said(), "");
}

TEST(ClientStream, RegistersBeforeItLogsIn) {
  Dialogue d(true, true);
  d.stream->open(d.now, sasl::ChannelBindings{});
  d.said();
  d.hear(join({header, only_plain}));
  EXPECT_TRUE(has(d.said(), "type='get'"));
  d.hear("<iq type='result' id='id1'><query xmlns='jabber:iq:register'><username/><password/></query></iq>");
  ASSERT_TRUE(d.question);
  d.stream->submit_registration(
      answer_registration(*d.question, {{"username", "juliet"}, {"password", "x"}}).registration, d.now);
  EXPECT_TRUE(has(d.said(), "<username>juliet</username><password>x</password>"));
  d.hear("<iq type='result' id='id2'/>");
  EXPECT_TRUE(has(d.said(), "<auth"));
}

TEST(ClientStream, ATakenNameIsTold) {
  Dialogue d(true, true);
  d.stream->open(d.now, sasl::ChannelBindings{});
  d.hear(join({header, only_plain}));
  d.hear(
      "<iq type='error' id='id1'><error type='cancel'><conflict "
      "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->reason, StreamEnd::registration_refused);
  EXPECT_EQ(d.end->condition, "conflict");
}

// RFC 6120 4.9.3.19: whoever could send it would choose our server.
TEST(ClientStream, DoesNotFollowToAnotherHost) {
  Dialogue d;
  d.stream->open(d.now);
  d.hear(join({header,
               "<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>evil.lit</see-other-host>"
               "</stream:error>"}));
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->condition, "see-other-host");
  EXPECT_FALSE(d.end->may_retry);
}

// RFC 6120 4.9.3.
TEST(ClientStream, TriesAgainUnlessTheServerHasSaidItsLastWord) {
  const auto may_retry = [](std::string_view condition) {
    Dialogue d;
    d.go_online();
    d.hear(join({"<stream:error><", condition, " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"}));
    EXPECT_TRUE(d.end && d.end->condition == condition) << condition;
    return d.end && d.end->may_retry;
  };
  for (const std::string_view of_the_moment :
       {"bad-format", "connection-timeout", "internal-server-error", "invalid-xml", "not-well-formed",
        "policy-violation", "reset", "resource-constraint", "system-shutdown", "undefined-condition",
        "unsupported-stanza-type"}) {
    EXPECT_TRUE(may_retry(of_the_moment)) << of_the_moment;
  }
  for (const std::string_view lasting :
       {"conflict", "host-gone", "host-unknown", "not-authorized", "see-other-host", "unsupported-version"}) {
    EXPECT_FALSE(may_retry(lasting)) << lasting;
  }
}

// RFC 6120 4.9.3.14: who was never let in breaks a rule by coming, and would break it again.
TEST(ClientStream, APolicyThatForbidsTheLogInIsTheLastWord) {
  Dialogue d;
  d.stream->open(d.now);
  d.hear(
      join({header, "<stream:error><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"}));
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->condition, "policy-violation");
  EXPECT_FALSE(d.end->may_retry);
}

TEST(ClientStream, WhatTheTableDoesNotAllowEndsTheStream) {
  for (const std::string_view bytes :
       {"<stream:features/>", "<message/>", "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>",
        "<resumed xmlns='urn:xmpp:sm:3' h='0'/>", "<!-- comment -->", "<unclosed></message>"}) {
    Dialogue d;
    d.stream->open(d.now);
    d.hear(join({header, starttls}));
    d.said();
    d.hear(bytes);
    ASSERT_TRUE(d.end) << bytes;
    EXPECT_EQ(d.end->reason, StreamEnd::protocol) << bytes;
    EXPECT_TRUE(d.end->may_retry) << bytes;
    EXPECT_TRUE(has(d.said(), "<stream:error>")) << bytes;
  }
}

TEST(ClientStream, AnOrderlyEndIsAnsweredAndTheSessionIsOver) {
  Dialogue d;
  d.go_online();
  d.stream->send_message("<message id='1'/>", d.now);
  d.said();
  d.hear("</stream:stream>");
  ASSERT_TRUE(d.end);
  EXPECT_EQ(d.end->reason, StreamEnd::closed);
  EXPECT_EQ(d.said(), "</stream:stream>");
  d.stream->connection_lost();
  d.log_in();
  EXPECT_TRUE(has(d.said(), "<bind"));
}

TEST(ClientStream, AnyCutOfTheInputGivesTheSameEvents) {
  constexpr std::string_view tail = "<message><body>a&amp;b</body></message><presence/><r xmlns='urn:xmpp:sm:3'/>";
  for (std::size_t cut = 0; cut <= tail.size(); ++cut) {
    Dialogue d;
    d.go_online();
    d.hear(tail.substr(0, cut));
    d.hear(tail.substr(cut));
    EXPECT_EQ(d.stanzas.size(), 2u) << cut;
    EXPECT_EQ(d.said(), "<a xmlns='urn:xmpp:sm:3' h='2'/>") << cut;
  }
}

}  // namespace
}  // namespace queqiao::xmpp
