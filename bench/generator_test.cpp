// The generator's own arithmetic: a benchmark that checks wrongly is worse than none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "base/encoding.h"
#include "histogram.h"
#include "negotiation.h"
#include "scan.h"
#include "scram.h"
#include "send_times.h"
#include "sequence.h"

namespace queqiao::bench {
namespace {

TEST(Histogram, PercentilesAreTrueToOnePercentAtEveryMagnitude) {
  for (const Nanos unit : {Nanos{1}, microsecond, millisecond, second}) {
    Histogram histogram;
    for (Nanos i = 1; i <= 1000; ++i) histogram.record(i * unit);
    EXPECT_NEAR(static_cast<double>(histogram.percentile(0.5)), 500.0 * unit, 5.0 * unit);
    EXPECT_NEAR(static_cast<double>(histogram.percentile(0.99)), 990.0 * unit, 9.9 * unit);
    EXPECT_EQ(histogram.max(), 1000 * unit);
    EXPECT_EQ(histogram.percentile(1), 1000 * unit);
  }
}

TEST(Histogram, AddingTwoIsRecordingAllInOne) {
  Histogram one, two;
  one.record(5);
  two.record(7 * second);
  one.add(two);
  EXPECT_EQ(one.count(), 2u);
  EXPECT_EQ(one.percentile(0.5), 5);
  EXPECT_EQ(one.max(), 7 * second);
}

TEST(SequenceCheck, CountsEachKindOfFault) {
  SequenceCheck check;
  for (const std::uint64_t number : {0, 1, 3, 2, 3, 6}) check.arrived(number);
  const Faults faults = check.faults(8);  // 4, 5 and 7 never came
  EXPECT_EQ(faults.lost, 3u);
  EXPECT_EQ(faults.reordered, 1u);
  EXPECT_EQ(faults.doubled, 1u);
}

TEST(SequenceCheck, ADoubledMessageDoesNotHideALostOne) {
  SequenceCheck check;
  EXPECT_TRUE(check.arrived(0));
  EXPECT_FALSE(check.arrived(0));
  EXPECT_EQ(check.delivered(), 1u);
  EXPECT_EQ(check.faults(2).lost, 1u);
}

TEST(SendTimes, KeepsAllThatAreUnderWay) {
  SendTimes times;
  for (Nanos i = 0; i < 100; ++i) times.push(i * 10);
  EXPECT_EQ(times.take(0), 0);
  for (Nanos i = 100; i < 1000; ++i) times.push(i * 10);
  EXPECT_EQ(times.take(500), 5000);
  EXPECT_EQ(times.take(499), std::nullopt);
  EXPECT_EQ(times.take(999), 9990);
}

constexpr std::string_view session =
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='1'><stream:features><a/><b>x</b></stream:features>"
    "\n<message id='7' to='a'><body>1 &gt; 0</body><stanza-id id='9'/></message><r "
    "xmlns='urn:xmpp:sm:3'/></stream:stream>";

std::vector<std::string> pieces(std::string_view bytes) {
  std::vector<std::string> found;
  for (Piece piece = next_piece(bytes); piece.kind != PieceKind::incomplete; piece = next_piece(bytes)) {
    found.emplace_back(piece.bytes);
    bytes.remove_prefix(piece.bytes.size());
  }
  return found;
}

TEST(Scan, FindsTheEndOfEveryStanza) {
  const auto found = pieces(session);
  ASSERT_EQ(found.size(), 7u);
  EXPECT_EQ(found[2], "<stream:features><a/><b>x</b></stream:features>");
  EXPECT_EQ(found[5], "<r xmlns='urn:xmpp:sm:3'/>");
  EXPECT_EQ(found[6], "</stream:stream>");
}

TEST(Scan, ACutAnywhereGivesNoPieceTooEarly) {
  const auto whole = pieces(session);
  for (std::size_t size = 0; size < session.size(); ++size) {
    const auto cut = pieces(session.substr(0, size));
    ASSERT_LT(cut.size(), whole.size());
    for (std::size_t i = 0; i < cut.size(); ++i) EXPECT_EQ(cut[i], whole[i]) << size;
  }
}

TEST(Scan, ReadsAttributesOfTheFirstTagOnly) {
  EXPECT_EQ(attribute("<message xml:id='1' id=\"7\"><x id='8'/></message>", "id"), "7");
  EXPECT_EQ(attribute("<message><x id='8'/></message>", "id"), "");
  EXPECT_EQ(name_of("<r xmlns='urn:xmpp:sm:3'/>"), "r");
  EXPECT_EQ(content_of("<challenge xmlns='x'>cj0=</challenge>"), "cj0=");
  EXPECT_EQ(content_of("<success/>"), "");
}

// A server with the password, by the formulas of RFC 5802 3.
TEST(Scram, ProvesAndChecksThePassword) {
  ScramKeys keys;
  ScramDialogue client(Hash::sha256, "juliet", "secret", keys);
  const std::string first = client.first_message();
  const std::string server_first = first.substr(first.find("r=")) + "srv,s=" + base64_encode("salt") + ",i=2";
  const auto final = client.final_message(server_first);
  ASSERT_TRUE(final.has_value());
  const std::string without_proof = final->substr(0, final->find(",p="));
  const std::string text = first.substr(3) + "," + server_first + "," + without_proof;
  const std::string salted = pbkdf2(Hash::sha256, "secret", "salt", 2);
  EXPECT_TRUE(
      client.is_genuine("v=" + base64_encode(hmac(Hash::sha256, hmac(Hash::sha256, salted, "Server Key"), text))));
  EXPECT_FALSE(client.is_genuine("v=" + base64_encode(std::string(32, 'x'))));
}

TEST(Scram, RefusesANonceThatIsNotAContinuationOfItsOwn) {
  ScramKeys keys;
  ScramDialogue client(Hash::sha1, "juliet", "secret", keys);
  EXPECT_EQ(client.final_message("r=other,s=c2FsdA==,i=2"), std::nullopt);
}

TEST(Negotiation, PlainLogInReachesReadiness) {
  Settings settings;
  ScramKeys keys;
  Negotiation negotiation(settings, Goal::available, 0, keys);
  const std::vector<std::string_view> server = {
      "<stream:features><mechanisms><mechanism>PLAIN</mechanism></mechanisms></stream:features>",
      "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>", "<stream:features><bind/></stream:features>",
      "<iq type='result' id='bind'><bind/></iq>"};
  std::string out;
  for (const auto element : server) EXPECT_EQ(negotiation.take(element, false, out), Negotiation::Step::wait);
  EXPECT_EQ(negotiation.take("<presence from='u1@localhost/bench'/>", false, out), Negotiation::Step::wait);
  EXPECT_EQ(negotiation.take("<iq type='result' id='online'/>", false, out), Negotiation::Step::done);
}

TEST(Negotiation, ARefusedPasswordIsAFailureThatShowsTheAnswer) {
  Settings settings;
  ScramKeys keys;
  Negotiation negotiation(settings, Goal::bound, 0, keys);
  std::string out;
  negotiation.take("<stream:features><mechanism>PLAIN</mechanism></stream:features>", false, out);
  EXPECT_EQ(negotiation.take("<failure><not-authorized/></failure>", false, out), Negotiation::Step::failed);
  EXPECT_THAT(negotiation.failure(), testing::HasSubstr("<not-authorized/>"));
}

}  // namespace
}  // namespace queqiao::bench
