#include "xmpp/xep/avatar.h"

#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"

namespace queqiao::xmpp {
namespace {

TEST(Avatar, TheIdIsTheHashOfTheImage) {
  EXPECT_EQ(avatar::id_of("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");  // RFC 3174 7.3
}

TEST(Avatar, MetadataSurvivesWritingAndReading) {
  const AvatarMetadata metadata{{{"aa", "image/png", 7, 64, 64, ""}, {"bb", "image/gif", 9, {}, {}, "https://x/y"}}};
  const Parsed read(to_xml(metadata));
  EXPECT_EQ(to_xml(*AvatarMetadata::parse(read.root())), to_xml(metadata));
}

TEST(Avatar, TheInBandFormatIsTheOneWithoutAnAddress) {
  const AvatarMetadata metadata{{{"bb", "image/gif", 9, {}, {}, "https://x/y"}, {"aa", "image/png", 7, {}, {}, ""}}};
  EXPECT_EQ(metadata.in_band()->id, "aa");
  EXPECT_EQ(AvatarMetadata{}.in_band(), nullptr);
}

TEST(Avatar, AnImageMayBeBrokenIntoLines) {
  const Parsed read("<data xmlns='urn:xmpp:avatar:data'>\n  Zm9v\n  YmFy\n</data>");
  EXPECT_EQ(AvatarImage::parse(read.root())->image, "foobar");
  const Parsed wrong("<data xmlns='urn:xmpp:avatar:data'>no</data>");
  EXPECT_FALSE(AvatarImage::parse(wrong.root()));
}

// XEP-0153 4.1 tells "not ready" from "no avatar".
TEST(Avatar, APresenceSaysNothingOrNotReadyOrNoneOrWhich) {
  const auto said = [](const std::string& content) {
    const Parsed presence("<presence xmlns='jabber:client'>" + content + "</presence>");
    return AvatarUpdate::find(presence.root());
  };
  EXPECT_FALSE(said(""));
  EXPECT_FALSE(said("<x xmlns='vcard-temp:x:update'/>")->photo);
  EXPECT_EQ(said("<x xmlns='vcard-temp:x:update'><photo/></x>")->photo, "");
  EXPECT_EQ(said("<x xmlns='vcard-temp:x:update'><photo> aa </photo></x>")->photo, "aa");
  EXPECT_EQ(said(to_xml(AvatarUpdate{"aa"}))->photo, "aa");
}

}  // namespace
}  // namespace queqiao::xmpp
