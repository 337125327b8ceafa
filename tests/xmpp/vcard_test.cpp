#include "xmpp/xep/vcard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"

namespace queqiao::xmpp {
namespace {

VCard juliet() {
  VCard card;
  card.full_name = "朱丽叶 Capulet";
  card.family_name = "Capulet";
  card.given_name = "Juliet";
  card.nickname = "Jule";
  card.birthday = "1476-06-09";
  card.emails = {"a@b", "c@d"};
  card.phones = {"+39 1"};
  card.country = "Italy";
  card.locality = "Verona";
  card.organization = "House of Capulet";
  card.title = "Lady";
  card.role = "daughter";
  card.url = "https://capulet.example";
  card.note = "<3";
  card.gender = "F";
  return card;
}

TEST(VCards, VCard4SurvivesWritingAndReading) {
  const auto card = juliet();
  const auto written = to_xml(card);
  const Parsed read(written);
  EXPECT_EQ(to_xml(*VCard::parse(read.root())), written);
}

TEST(VCards, BothFormatsSayTheSame) {
  auto card = juliet();
  card.gender = "F";
  card.photo = VCardPhoto{"image/png", std::string("\x89PNG\0", 5)};
  std::string written;
  {
    xml::Writer writer(written);
    card.write_temp(writer);
  }
  const Parsed read(written);
  const auto again = VCard::parse(read.root());
  ASSERT_TRUE(again && again->photo);
  EXPECT_EQ(again->photo->image, card.photo->image);
  EXPECT_EQ(again->photo->type, "image/png");
  EXPECT_THAT(written, ::testing::HasSubstr("<GENDER>female</GENDER>"));
  card.photo.reset();
  EXPECT_EQ(to_xml(*again), to_xml(card));
}

// The example of XEP-0153 3.1 has it so.
TEST(VCards, AnAddressMayBeTheTextOfItsElement) {
  const Parsed read("<vCard xmlns='vcard-temp'><EMAIL>a@b</EMAIL><TEL>1</TEL></vCard>");
  const auto card = VCard::parse(read.root());
  EXPECT_EQ(card->emails, std::vector<std::string>{"a@b"});
  EXPECT_EQ(card->phones, std::vector<std::string>{"1"});
}

TEST(VCards, APhoneMayBeAUri) {
  const Parsed read("<vcard xmlns='urn:ietf:params:xml:ns:vcard-4.0'><tel><uri>tel:+1-2</uri></tel></vcard>");
  EXPECT_EQ(VCard::parse(read.root())->phones, std::vector<std::string>{"+1-2"});
}

TEST(VCards, APhotoThatIsNoneIsPassedOver) {
  const Parsed read(
      "<vCard xmlns='vcard-temp'><PHOTO/><PHOTO><BINVAL>%</BINVAL></PHOTO>"
      "<PHOTO><TYPE>image/gif</TYPE><BINVAL>Zm9v</BINVAL></PHOTO></vCard>");
  EXPECT_EQ(read_photo(read.root())->image, "foo");
}

}  // namespace
}  // namespace queqiao::xmpp
