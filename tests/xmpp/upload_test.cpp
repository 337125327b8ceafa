#include "xmpp/xep/upload.h"

#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"

namespace queqiao::xmpp {
namespace {

TEST(Upload, ARequestIsReadAsItWasWritten) {
  const Parsed written(to_xml(UploadRequest{"très cool.jpg", 23'456, "image/jpeg"}));
  const auto read = UploadRequest::parse(written.root());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "très cool.jpg");
  EXPECT_EQ(read->size, 23'456u);
  EXPECT_EQ(read->type, "image/jpeg");
}

TEST(Upload, ARequestNeedsANameAndASize) {
  for (const auto* attributes : {"", "filename='a'", "size='1'", "filename='' size='1'", "filename='a' size='-1'",
                                 "filename='a' size='1k'", "filename='a' size='99999999999999999999'"}) {
    const Parsed request("<request xmlns='urn:xmpp:http:upload:0' " + std::string(attributes) + "/>");
    EXPECT_FALSE(UploadRequest::parse(request.root())) << attributes;
  }
}

TEST(Upload, ASlotIsReadAsItWasWritten) {
  const UploadSlot slot{"https://a.example/put?a=1&b=2", "https://a.example/get", {{"Authorization", "Basic QQ=="}}};
  const auto read = UploadSlot::parse(Parsed(to_xml(slot)).root());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->put_url, slot.put_url);
  EXPECT_EQ(read->get_url, slot.get_url);
  ASSERT_EQ(read->headers.size(), 1u);
  EXPECT_EQ(read->headers[0].name, "Authorization");
  EXPECT_EQ(read->headers[0].value, "Basic QQ==");
}

TEST(Upload, TheServiceCannotWriteIntoTheClientsRequest) {
  const Parsed slot(
      "<slot xmlns='urn:xmpp:http:upload:0'><put url='https://a/'><header name='Host'>evil</header>"
      "<header name='cookie'>a&#13;&#10;X: y</header></put><get url='https://a/'/></slot>");
  const auto read = UploadSlot::parse(slot.root());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->headers.size(), 1u);
  EXPECT_EQ(read->headers[0].value, "aX: y");
}

TEST(Upload, ASlotNeedsBothAddresses) {
  EXPECT_FALSE(UploadSlot::parse(Parsed("<slot xmlns='urn:xmpp:http:upload:0'><get url='https://a/'/></slot>").root()));
  EXPECT_FALSE(UploadSlot::parse(Parsed("<slot xmlns='urn:xmpp:http:upload:0'><put url='https://a/'/></slot>").root()));
}

TEST(Upload, TheLargestSizeIsFoundInTheServicesForm) {
  DiscoInfo info;
  EXPECT_FALSE(upload_size_limit(info));
  info.forms.push_back(upload_limits(5'242'880));
  EXPECT_EQ(upload_size_limit(info), 5'242'880u);
}

TEST(Upload, ARefusalTellsWhatWouldBeTaken) {
  const Parsed answer("<iq type='error' xmlns='jabber:client'><error type='modify'>" + file_too_large(20'000) +
                      "</error></iq>");
  EXPECT_EQ(read_file_too_large(answer.root()), 20'000u);
  EXPECT_FALSE(read_file_too_large(Parsed("<iq type='error' xmlns='jabber:client'><error type='wait'/></iq>").root()));
}

}  // namespace
}  // namespace queqiao::xmpp
