#include <gtest/gtest.h>

#include "base/time_text.h"
#include "tests/xmpp/parsed.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/archive.h"
#include "xmpp/xep/carbons.h"
#include "xmpp/xep/delay.h"
#include "xmpp/xep/forwarded.h"
#include "xmpp/xep/payload.h"
#include "xmpp/xep/stanza_ids.h"

namespace queqiao::xmpp {
namespace {

const Jid juliet = *Jid::parse("juliet@capulet.lit/balcony");

std::string wrapped(std::string_view from, const std::string& payload) {
  return "<message xmlns='jabber:client' from='" + std::string(from) + "'>" + payload + "</message>";
}

std::string carbon(std::string_view stanza) {
  std::string out;
  xml::Writer writer(out);
  write_carbon(writer, CarbonDirection::sent, stanza);
  return out;
}

TEST(Forwarded, GivesTheStanzaItsNamespace) {
  std::string out;
  append_standalone(out, "<message to='a'><body/></message>");
  EXPECT_EQ(out, "<message xmlns='jabber:client' to='a'><body/></message>");
}

TEST(Forwarded, LeavesADeclaredNamespaceAlone) {
  for (const std::string stanza :
       {"<message xmlns='jabber:client'/>", "<message to='a' xmlns=\"jabber:client\" id='1'/>",
        "<message\n\txmlns = 'jabber:client'>x</message>"}) {
    std::string out;
    append_standalone(out, stanza);
    EXPECT_EQ(out, stanza);
  }
}

TEST(Forwarded, IsNotFooledByADeclarationInsideAValueOrAPrefix) {
  for (const std::string stanza : {"<message id=\" xmlns='evil' \"><body/></message>", "<message xmlns:a='evil'/>",
                                   "<message><x xmlns='other'/></message>", "<message/>"}) {
    std::string out;
    append_standalone(out, stanza);
    const Parsed parsed("<forwarded xmlns='urn:xmpp:forward:0'>" + out + "</forwarded>");
    ASSERT_TRUE(parsed.is_good()) << out;
    EXPECT_TRUE(parsed.root().first_child().is("message", ns::client)) << out;
  }
}

// XEP-0280 11: CVE-2017-5589 and its family.
TEST(Carbons, AreTakenFromTheOwnAccountOnly) {
  const auto payload = carbon("<message from='romeo@montague.lit/orchard'><body>hi</body></message>");
  const Parsed own(wrapped("juliet@capulet.lit", payload));
  const auto found = read_carbon(own.root(), juliet);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->direction, CarbonDirection::sent);
  EXPECT_EQ(found->forwarded.stanza.child("body").text(), "hi");
  for (const auto* from : {"mallory@evil.lit", "juliet@capulet.lit/balcony", "capulet.lit", ""}) {
    const Parsed forged(wrapped(from, payload));
    EXPECT_TRUE(claims_carbon(forged.root()));
    EXPECT_FALSE(read_carbon(forged.root(), juliet)) << from;
  }
}

// CVE-2020-26547.
TEST(Archive, ResultsAreTakenFromTheArchiveThatWasAskedOnly) {
  std::string payload;
  xml::Writer writer(payload);
  write_archive_result(writer, "q1", "a1", *parse_date_time("2020-01-01T00:00:00Z"),
                       "<message><body>old</body></message>");
  const auto archive = juliet.bare();
  const Parsed own(wrapped("juliet@capulet.lit", payload));
  const auto result = ArchiveResult::read(own.root(), archive, juliet);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->id, "a1");
  EXPECT_EQ(result->query_id, "q1");
  EXPECT_EQ(result->forwarded.delay->stamp, *parse_date_time("2020-01-01T00:00:00Z"));
  const Parsed without_from(wrapped("", payload));
  EXPECT_TRUE(ArchiveResult::read(without_from.root(), archive, juliet));
  const Parsed forged(wrapped("mallory@evil.lit", payload));
  EXPECT_FALSE(ArchiveResult::read(forged.root(), archive, juliet));
  const auto room = *Jid::parse("room@muc.capulet.lit");
  EXPECT_FALSE(ArchiveResult::read(without_from.root(), room, juliet));
}

TEST(Archive, AQuestionSurvivesWritingAndReading) {
  ArchiveRequest asked;
  asked.query_id = "f27";
  asked.filter.with = Jid::parse("romeo@montague.lit");
  asked.filter.start = parse_date_time("2010-06-07T00:00:00Z");
  asked.filter.end = parse_date_time("2010-07-07T13:23:54.25Z");
  asked.filter.after_id = "a";
  asked.filter.before_id = "b";
  asked.filter.ids = {"1", "2"};
  asked.page.max = 20;
  asked.page.before = "";
  asked.is_flipped = true;
  const Parsed parsed(to_xml(asked));
  const auto again = ArchiveRequest::parse(parsed.root());
  ASSERT_TRUE(std::holds_alternative<ArchiveRequest>(again));
  EXPECT_EQ(to_xml(std::get<ArchiveRequest>(again)), to_xml(asked));
}

// XEP-0313 4.1.5.
TEST(Archive, AFilterThatIsNotKnownIsNotIgnored) {
  const auto condition = [](std::string_view field) {
    const Parsed parsed(
        "<query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
        "<value>urn:xmpp:mam:2</value></field>" +
        std::string(field) + "</x></query>");
    const auto request = ArchiveRequest::parse(parsed.root());
    const auto* error = std::get_if<StanzaError>(&request);
    return error ? std::optional(error->condition) : std::nullopt;
  };
  EXPECT_EQ(condition("<field var='mood'><value>x</value></field>"), StanzaCondition::feature_not_implemented);
  EXPECT_EQ(condition("<field var='with'><value>@</value></field>"), StanzaCondition::bad_request);
  EXPECT_EQ(condition("<field var='start'><value>yesterday</value></field>"), StanzaCondition::bad_request);
  EXPECT_EQ(condition("<field var='end'/>"), StanzaCondition::bad_request);
  EXPECT_EQ(condition(""), std::nullopt);
}

TEST(Archive, EndAndBoundsSurviveWritingAndReading) {
  const ArchiveEnd end{true, false, {"a", "b", 0, 2}};
  const Parsed fin("<iq>" + to_xml(end) + "</iq>");
  EXPECT_EQ(to_xml(*ArchiveEnd::find(fin.root())), to_xml(end));
  const auto time = *parse_date_time("2020-01-01T00:00:00Z");
  const ArchiveBounds bounds{ArchiveBounds::Entry{"a", time}, ArchiveBounds::Entry{"z", time}};
  const Parsed metadata("<iq>" + to_xml(bounds) + "</iq>");
  EXPECT_EQ(to_xml(*ArchiveBounds::find(metadata.root())), to_xml(bounds));
}

// XEP-0203 6: a stamp is believed only when one knows who made it.
TEST(Delay, IsFoundByWhoMadeIt) {
  const Parsed parsed(
      wrapped("a@b",
              "<delay xmlns='urn:xmpp:delay' from='mallory@evil.lit' stamp='2001-01-01T00:00:00Z'/>"
              "<delay xmlns='urn:xmpp:delay' from='capulet.lit' stamp='2002-09-10T23:08:25Z'>Offline</delay>"));
  const auto delay = Delay::find(parsed.root(), "capulet.lit");
  ASSERT_TRUE(delay);
  EXPECT_EQ(format_date_time(delay->stamp), "2002-09-10T23:08:25Z");
  EXPECT_EQ(delay->reason, "Offline");
  EXPECT_FALSE(Delay::find(parsed.root(), "montague.lit"));
}

// XEP-0359 6.
TEST(StanzaIds, CountOnlyFromTheArchiveThatIsMeant) {
  const Parsed parsed(wrapped("a@b",
                              "<stanza-id xmlns='urn:xmpp:sid:0' by='evil.lit' id='e'/>"
                              "<stanza-id xmlns='urn:xmpp:sid:0' by='juliet@capulet.lit' id='mine'/>"
                              "<origin-id xmlns='urn:xmpp:sid:0' id='theirs'/>"));
  EXPECT_EQ(stanza_id(parsed.root(), "juliet@capulet.lit"), "mine");
  EXPECT_EQ(stanza_id(parsed.root(), "montague.lit"), "");
  EXPECT_EQ(origin_id(parsed.root()), "theirs");
  const Parsed twice(wrapped("a@b",
                             "<stanza-id xmlns='urn:xmpp:sid:0' by='j@c' id='1'/>"
                             "<stanza-id xmlns='urn:xmpp:sid:0' by='j@c' id='2'/>"));
  EXPECT_EQ(stanza_id(twice.root(), "j@c"), "");
}

}  // namespace
}  // namespace queqiao::xmpp
