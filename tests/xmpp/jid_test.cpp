#include "xmpp/jid.h"

#include <gtest/gtest.h>

#include <string>

namespace queqiao::xmpp {
namespace {

std::string normal(std::string_view text) {
  const auto jid = Jid::parse(text);
  return jid ? jid->text() : "refused";
}

// RFC 7622 3.5, table 1.
TEST(Jid, AcceptsTheExamplesOfRfc7622) {
  for (const auto* text :
       {"juliet@example.com", "juliet@example.com/foo", "juliet@example.com/foo bar", "juliet@example.com/foo@bar",
        "foo\\20bar@example.com", "fussball@example.com", "fu\u00dfball@example.com", "\u03c0@example.com",
        "\u03c3@example.com/foo", "\u03c2@example.com/foo", "king@example.com/\u265a", "example.com",
        "example.com/foobar", "a.example.com/b@example.net"}) {
    EXPECT_EQ(normal(text), text);
  }
  EXPECT_EQ(normal("\u03a3@example.com/foo"), "\u03c3@example.com/foo");
}

// RFC 7622 3.5, table 2, without the leading space in a resourcepart: erratum 4560 says that it is valid.
TEST(Jid, RefusesTheViolationsOfRfc7622) {
  for (const auto* text : {"\"juliet\"@example.com", "foo bar@example.com", "@example.com/", "henry\u2163@example.com",
                           "\u265a@example.com", "juliet@", "/foobar"}) {
    EXPECT_EQ(normal(text), "refused") << text;
  }
  EXPECT_EQ(normal("juliet@example.com/ foo"), "juliet@example.com/ foo");
}

TEST(Jid, IsCutAtTheFirstSlashAndThenAtTheFirstAt) {
  const auto jid = Jid::parse("a@b.example/c@d/e");
  ASSERT_TRUE(jid);
  EXPECT_EQ(jid->local(), "a");
  EXPECT_EQ(jid->domain(), "b.example");
  EXPECT_EQ(jid->resource(), "c@d/e");
  EXPECT_EQ(jid->bare_text(), "a@b.example");
  EXPECT_EQ(jid->bare(), Jid::parse("a@b.example"));
  EXPECT_TRUE(jid->is_full());
  EXPECT_FALSE(jid->is_domain());
}

TEST(Jid, WithResourceReplacesTheResource) {
  const auto jid = *Jid::parse("a@b.example/c");
  EXPECT_EQ(jid.with_resource("d").text(), "a@b.example/d");
  EXPECT_EQ(jid.bare().with_resource("d").resource(), "d");
  EXPECT_TRUE(jid.with_resource("").is_bare());
}

TEST(Jid, HasNoEmptyParts) {
  for (const auto* text : {"", "@", "/", "a@", "@b", "b/", "a@b/", "a@/c", "@b/c", "a@@b", "a@b@c"}) {
    EXPECT_EQ(normal(text), "refused") << text;
  }
}

TEST(Jid, IsMadeOfPartsThatAreNormalised) {
  EXPECT_EQ(Jid::from_parts("Juliet", "Example.COM", "Balcony")->text(), "juliet@example.com/Balcony");
  EXPECT_EQ(Jid::from_parts("", "example.com", "")->text(), "example.com");
  EXPECT_FALSE(Jid::from_parts("a", "", "c"));
  EXPECT_FALSE(Jid::from_parts("a@b", "example.com", ""));
  EXPECT_FALSE(Jid::from_parts("a", "b@example.com", ""));
  EXPECT_FALSE(Jid::from_parts("a", "example.com/b", ""));
}

TEST(Jid, KeepsPartsOf1023Bytes) {
  const std::string longest(1023, 'a'), longer(1024, 'a');
  EXPECT_EQ(normal(longest + "@b/" + longest), longest + "@b/" + longest);
  EXPECT_EQ(normal("a@" + longest), "a@" + longest);
  EXPECT_EQ(normal(longer + "@b"), "refused");
  EXPECT_EQ(normal("a@" + longer), "refused");
  EXPECT_EQ(normal("a@b/" + longer), "refused");
}

// RFC 7622 3.3: the length is that of the normal form.
TEST(Jid, MeasuresPartsAfterTheMapping) {
  std::string wide;
  for (int i = 0; i < 1023; ++i) wide += "\uff41";
  EXPECT_EQ(normal(wide + "@b"), std::string(1023, 'a') + "@b");
  EXPECT_EQ(normal(wide + "a@b"), "refused");
}

TEST(Jid, RefusesBytesThatAreNotUtf8AndControls) {
  for (const auto* text : {"\xff@b", "a\xc3@b", "a@b\xff", "a@b/\xed\xa0\x80", "a\x01@b", "a@b\x7f", "a@b/c\n",
                           "a@b/\u0085", "a@b/\ufdd0", "a\u200b@b", "a@b/\u202e"}) {
    EXPECT_EQ(normal(text), "refused") << text;
  }
  EXPECT_EQ(normal(std::string_view("a\0@b", 4)), "refused");
  EXPECT_EQ(normal(std::string_view("a@[::1\0]", 8)), "refused");
}

TEST(Jid, HashesByItsText) {
  EXPECT_EQ(std::hash<Jid>()(*Jid::parse("A@B/c")), std::hash<Jid>()(*Jid::parse("a@b/c")));
}

TEST(Domainpart, IsLowerCaseWithoutTheRootsDot) {
  EXPECT_EQ(normalize_domain("Example.COM."), "example.com");
  EXPECT_EQ(normalize_domain("example.com\u3002"), "example.com");
  EXPECT_EQ(normalize_domain("localhost"), "localhost");
}

TEST(Domainpart, HasUnicodeLabels) {
  EXPECT_EQ(normalize_domain("xn--mnchen-3ya.example"), "m\u00fcnchen.example");
  EXPECT_EQ(normalize_domain("M\u00dcNCHEN.example"), "m\u00fcnchen.example");
  EXPECT_EQ(normalize_domain("mu\u0308nchen.example"), "m\u00fcnchen.example");
  EXPECT_EQ(normalize_domain("fa\u00df.de"), "fa\u00df.de");  // nontransitional
  EXPECT_EQ(normalize_domain("\u9e4a\u6865.\u4e2d\u56fd"), "\u9e4a\u6865.\u4e2d\u56fd");
}

TEST(Domainpart, RefusesWhatIsNoHostName) {
  for (const auto* text :
       {"",         ".",        "..",    "a..b",       ".a",  "-a.b",    "a-.b", "a_b", "a b", "a/b",  "a@b",
        "a\uff0fb", "a\uff20b", "xn--a", "xn--\u00fc", "a<b", "\u0661a", "a%b",  "[",   "[]",  "[::1", "::1"}) {
    EXPECT_FALSE(normalize_domain(text)) << text;
  }
}

TEST(Domainpart, KeepsHyphensThatAreNotOfIdna) {
  EXPECT_EQ(normalize_domain("r3---sn-a.example"), "r3---sn-a.example");
  EXPECT_EQ(normalize_domain("a--b"), "a--b");
}

TEST(Domainpart, MayBeAnAddress) {
  EXPECT_EQ(normalize_domain("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(normalize_domain("[2001:DB8:0:0::1]"), "[2001:db8::1]");
  EXPECT_EQ(normal("a@[::1]/r"), "a@[::1]/r");
  EXPECT_FALSE(normalize_domain("[fe80::1%eth0]"));
  EXPECT_FALSE(normalize_domain("[192.0.2.1]"));
}

// RFC 8265 3.5, table 1.
TEST(Localpart, KeepsTheUserNamesOfRfc8265) {
  for (const auto* text : {"fussball", "fu\u00dfball", "\u03c0", "\u03c3", "\u03c2"})
    EXPECT_EQ(normalize_local(text), text);
  EXPECT_EQ(normalize_local("\u03a3"), "\u03c3");
}

// RFC 8265 3.5, table 2.
TEST(Localpart, RefusesTheViolationsOfRfc8265) {
  for (const auto* text : {"", "foo bar", "henry\u2163", "\u221e"}) EXPECT_FALSE(normalize_local(text)) << text;
}

TEST(Localpart, IsMappedToLowerCaseAndComposed) {
  EXPECT_EQ(normalize_local("JULIET"), "juliet");
  EXPECT_EQ(normalize_local("\u00c4sop"), "\u00e4sop");
  EXPECT_EQ(normalize_local("A\u0308sop"), "\u00e4sop");
  EXPECT_EQ(normalize_local("\u039f\u0394\u039f\u03a3"), "\u03bf\u03b4\u03bf\u03c2");  // a final sigma
  EXPECT_EQ(normalize_local("\u0130"), "i\u0307");
}

TEST(Localpart, TakesWidthVariantsForTheSameName) {
  EXPECT_EQ(normalize_local("\uff2a\uff55liet"), "juliet");
  EXPECT_EQ(normalize_local("\uff76\uff9e"), "\u30ac");  // half-width katakana with its voicing mark
}

// A width variant must not bring a forbidden character in after the check.
TEST(Localpart, RefusesDelimitersThatAMappingMakes) {
  for (const auto* text : {"a\uff20b", "a\uff0fb", "a\uff06b", "a\uff1cb", "a\u3000b", "a\uff1ab"}) {
    EXPECT_FALSE(normalize_local(text)) << text;
  }
}

TEST(Localpart, RefusesCompatibilityFormsAndInvisibleCharacters) {
  for (const auto* text : {"\ufb01sh", "\u00aa", "x\u00b2", "a\u00adb", "a\u2060b", "a\u200db", "\u1100", "a\ufe0f",
                           "\ue000", "\u0378", "\u0640"}) {
    EXPECT_FALSE(normalize_local(text)) << text;
  }
}

// RFC 5892 appendix A.
TEST(Localpart, ObeysTheRulesOfContext) {
  for (const auto* text :
       {"l\u00b7l", "\u0375\u03b1", "\u05d0\u05f3", "\u30a2\u30fb\u30a2", "\u0915\u094d\u200d\u0937",
        "\u0915\u094d\u200c\u0937", "\u0646\u0627\u0645\u0647\u200c\u0627\u06cc", "\u0627\u0661\u0662"}) {
    EXPECT_EQ(normalize_local(text), text);
  }
  for (const auto* text : {"a\u00b7l", "l\u00b7", "\u0375a", "\u0375", "a\u05f3", "\u05f3", "a\u30fb", "a\u200c",
                           "\u200c", "\u0627\u0661\u06f1"}) {
    EXPECT_FALSE(normalize_local(text)) << text;
  }
}

// RFC 5893 2.
TEST(Localpart, ObeysTheBidiRule) {
  for (const auto* text : {"\u05d0\u05d1",
                           "\u05d0"
                           "1",
                           "\u0627\u0628\u064b"})
    EXPECT_EQ(normalize_local(text), text);
  for (const auto* text : {"a\u05d0", "\u05d0a", "1\u05d0", "\u05d0-",
                           "\u0627"
                           "1\u0661"}) {
    EXPECT_FALSE(normalize_local(text)) << text;
  }
}

TEST(Resourcepart, KeepsCaseWidthAndSymbols) {
  for (const auto* text : {"Balcony", "\uff21", "\u265a", "\u2163", " a ", "\U0001F600", "\u05d0a"}) {
    EXPECT_EQ(normalize_resource(text), text);
  }
}

TEST(Resourcepart, HasOneKindOfSpaceAndIsComposed) {
  EXPECT_EQ(normalize_resource("a\u00a0b\u3000c"), "a b c");
  EXPECT_EQ(normalize_resource("A\u0308"), "\u00c4");
}

// RFC 8265 4.3.
TEST(Password, FollowsTheExamplesOfRfc8265) {
  for (const auto* text :
       {"correct horse battery staple", "Correct Horse Battery Staple", "\u03c0\u00df\u00e5", "Jack of \u2666s"}) {
    EXPECT_EQ(normalize_password(text), text);
  }
  EXPECT_EQ(normalize_password("foo\u1680bar"), "foo bar");
  EXPECT_FALSE(normalize_password(""));
  EXPECT_FALSE(normalize_password("my cat is a \tby"));
}

TEST(Jid, IsTheSameWhenNormalisedTwice) {
  for (const auto* text : {"\u1e9e@b", "\u0130\u0130@b", "\uff34\u0345@b", "A\u030a\u0323@\u1e9e.example",
                           "a@b/\u212b", "a@b/\u1fee", "\u03a3\u0301\u03a3@b"}) {
    const auto once = Jid::parse(text);
    ASSERT_TRUE(once) << text;
    EXPECT_EQ(normal(once->text()), once->text());
  }
}

}  // namespace
}  // namespace queqiao::xmpp
