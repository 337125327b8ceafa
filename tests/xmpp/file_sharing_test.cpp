#include "xmpp/xep/file_sharing.h"

#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"

namespace queqiao::xmpp {
namespace {

FileSharing photo() {
  FileSharing shared;
  shared.disposition = FileSharing::Disposition::inline_view;
  shared.file.name = "summit.jpg";
  shared.file.type = "image/jpeg";
  shared.file.description = "Photo from the summit.";
  shared.file.size = 3'032'449;
  shared.file.modified = WallTime(std::chrono::seconds(1'437'946'000));
  shared.file.dimensions = {4096, 2160};
  shared.file.length = std::chrono::milliseconds(63'000);
  shared.file.hashes = {{"sha-256", std::string("\0\xff\x10 bytes", 9)}};
  shared.file.thumbnails = {{"cid:sha1+ff@bob.xmpp.org", "image/png", 128, 96}};
  shared.urls = {"https://download.example/summit.jpg?a=1&b=2"};
  return shared;
}

std::string message_with(const std::string& payload) {
  return "<message xmlns='jabber:client'>" + payload + "</message>";
}

TEST(FileSharing, AFileIsReadAsItWasWritten) {
  const Parsed message(message_with(to_xml(photo())));
  const auto read = FileSharing::find(message.root());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->disposition, FileSharing::Disposition::inline_view);
  EXPECT_EQ(read->urls, photo().urls);
  const auto& file = read->file;
  EXPECT_EQ(file.name, "summit.jpg");
  EXPECT_EQ(file.type, "image/jpeg");
  EXPECT_EQ(file.description, "Photo from the summit.");
  EXPECT_EQ(file.size, 3'032'449u);
  EXPECT_EQ(file.modified, photo().file.modified);
  ASSERT_TRUE(file.dimensions);
  EXPECT_EQ(file.dimensions->width, 4096u);
  EXPECT_EQ(file.dimensions->height, 2160u);
  EXPECT_EQ(file.length, std::chrono::milliseconds(63'000));
  ASSERT_TRUE(file.hash("sha-256"));
  EXPECT_EQ(file.hash("sha-256")->digest, photo().file.hashes[0].digest);
  EXPECT_FALSE(file.hash("md5"));
  ASSERT_EQ(file.thumbnails.size(), 1u);
  EXPECT_EQ(file.thumbnails[0].uri, "cid:sha1+ff@bob.xmpp.org");
  EXPECT_EQ(file.thumbnails[0].width, 128u);
}

TEST(FileSharing, AMessageServesOldClientsToo) {
  std::string payload;
  xml::Writer writer(payload);
  write_shared_file(writer, photo());
  const Parsed message(message_with(payload));
  EXPECT_EQ(message.root().child("body").text(), photo().urls[0]);
  EXPECT_EQ(OutOfBand::find(message.root())->url, photo().urls[0]);
  EXPECT_TRUE(FileSharing::find(message.root()));
}

TEST(FileSharing, OnlyAddressesOfTheWebAreTaken) {
  const Parsed message(message_with(
      "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'/><sources>"
      "<url-data xmlns='http://jabber.org/protocol/url-data' target='file:///etc/passwd'/>"
      "<url-data xmlns='http://jabber.org/protocol/url-data' target='https://a.example/b'/></sources></file-sharing>"
      "<x xmlns='jabber:x:oob'><url>javascript:alert(1)</url></x>"));
  EXPECT_EQ(FileSharing::find(message.root())->urls, std::vector<std::string>{"https://a.example/b"});
  EXPECT_FALSE(OutOfBand::find(message.root()));
}

TEST(FileSharing, WhatIsNotUnderstoodIsLeftOut) {
  const Parsed file(
      "<file xmlns='urn:xmpp:file:metadata:0'><size>many</size><dimensions>wide</dimensions><date>today</date>"
      "<hash xmlns='urn:xmpp:hashes:2' algo='sha-256'>!</hash><thumbnail xmlns='urn:xmpp:thumbs:1'/></file>");
  const auto read = FileMetadata::parse(file.root());
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->size || read->dimensions || read->modified || read->length);
  EXPECT_TRUE(read->hashes.empty() && read->thumbnails.empty());
}

TEST(FileSharing, ANameNeverLeavesItsFolder) {
  EXPECT_EQ(safe_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(safe_file_name("C:\\Windows\\a.exe"), "a.exe");
  EXPECT_EQ(safe_file_name("/"), "file");
  EXPECT_EQ(safe_file_name(".."), "file");
  EXPECT_EQ(safe_file_name(".bashrc"), "bashrc");
  EXPECT_EQ(safe_file_name("a\nb\x7f.txt:stream"), "ab.txtstream");
  EXPECT_EQ(safe_file_name("照片 1.jpg"), "照片 1.jpg");
  EXPECT_EQ(safe_file_name("\xff\xfe"), "file");
}

TEST(FileSharing, ALongNameKeepsItsEnding) {
  std::string name;
  for (int i = 0; i < 100; ++i) name += "照";
  const auto safe = safe_file_name(name + ".jpeg");
  EXPECT_LE(safe.size(), 200u);
  EXPECT_TRUE(safe.ends_with("照.jpeg"));
}

}  // namespace
}  // namespace queqiao::xmpp
