#include <gmock/gmock.h>

#include "server/shard.h"
#include "tests/server/test_server.h"
#include "xmpp/xep/upload.h"

namespace queqiao::server::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Config with_uploads() {
  Config config;
  config.has_uploads = true;
  config.http_url = "https://localhost:5443";
  config.upload_folder = "/";
  config.upload_disk_reserve = 0;
  config.upload_bytes = 20'000;
  return config;
}

std::string request(std::string_view attributes, std::string_view to = "localhost", std::string_view type = "get") {
  return "<iq type='" + std::string(type) + "' id='1' to='" + std::string(to) +
         "'><request xmlns='urn:xmpp:http:upload:0' " + std::string(attributes) + "/></iq>";
}

std::string ask(TestClient& client, std::string_view attributes) {
  client.send(request(attributes));
  return client.received_text();
}

std::string id_in(std::string_view answer) {
  const std::string_view before = "https://localhost:5443/upload/";
  return std::string(answer.substr(answer.find(before) + before.size(), 22));
}

std::optional<storage::Upload> stored(TestServer& server, const std::string& id) {
  std::optional<storage::Upload> upload;
  server.store().find_upload(id, {&server.shards().at(0).loop(), [&](auto found) { upload = *found; }});
  server.run();
  return upload;
}

TEST(Upload, TheServiceIsFoundAtTheServer) {
  TestServer server({"disco", "upload"}, with_uploads());
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<iq type='get' id='1' to='localhost'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
  const auto answer = juliet.received_text();
  EXPECT_THAT(answer, HasSubstr("urn:xmpp:http:upload:0"));
  EXPECT_THAT(answer, HasSubstr("category='store' type='file'"));
  EXPECT_THAT(answer, HasSubstr("<value>20000</value>"));
}

TEST(Upload, WithoutHttpThereIsNone) {
  TestServer server({"disco", "upload"});
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send("<iq type='get' id='1' to='localhost'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
  EXPECT_THAT(juliet.received_text(), Not(HasSubstr("upload")));
  EXPECT_THAT(ask(juliet, "filename='a.txt' size='1'"), HasSubstr("service-unavailable"));
}

TEST(Upload, ASlotIsKeptForTheFileThatWasAskedFor) {
  TestServer server({"upload"}, with_uploads());
  auto juliet = server.login("juliet@localhost/balcony");
  const auto answer = ask(juliet, "filename='très cool &amp; ok.jpg' size='20000' content-type='image/jpeg'");
  const auto id = id_in(answer);
  EXPECT_THAT(answer,
              HasSubstr("<get url='https://localhost:5443/upload/" + id + "/tr%C3%A8s%20cool%20%26%20ok.jpg'/>"));
  EXPECT_THAT(answer, HasSubstr("<put url='https://localhost:5443/upload/" + id + "/"));
  const auto upload = stored(server, id);
  ASSERT_TRUE(upload);
  EXPECT_EQ(upload->owner, "juliet");
  EXPECT_EQ(upload->size, 20'000u);
  EXPECT_EQ(upload->name, "très cool & ok.jpg");
  EXPECT_EQ(upload->type, "image/jpeg");
  EXPECT_FALSE(upload->is_complete);
}

TEST(Upload, NoTwoSlotsHaveOneAddress) {
  TestServer server({"upload"}, with_uploads());
  auto juliet = server.login("juliet@localhost/balcony");
  EXPECT_NE(id_in(ask(juliet, "filename='a' size='1'")), id_in(ask(juliet, "filename='a' size='1'")));
}

TEST(Upload, ALargerFileIsRefusedWithTheLimit) {
  TestServer server({"upload"}, with_uploads());
  auto juliet = server.login("juliet@localhost/balcony");
  juliet.send(request("filename='a' size='20001'"));
  const auto received = juliet.received();
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(xmpp::read_file_too_large(received[0].element()), 20'000u);
  const auto error = xmpp::read_error(received[0].element());
  ASSERT_TRUE(error);
  EXPECT_EQ(error->condition, xmpp::StanzaCondition::not_acceptable);
  EXPECT_EQ(error->type, xmpp::ErrorType::modify);
}

TEST(Upload, NamesThatAreNoNamesAreRefused) {
  TestServer server({"upload"}, with_uploads());
  auto juliet = server.login("juliet@localhost/balcony");
  for (const auto* name : {"../etc/passwd", "a/b", "a\\b", "..", ".", "a&#9;b", "a&#10;b"}) {
    EXPECT_THAT(ask(juliet, "filename='" + std::string(name) + "' size='1'"), HasSubstr("not-acceptable")) << name;
  }
  EXPECT_THAT(ask(juliet, "filename='" + std::string(256, 'a') + "' size='1'"), HasSubstr("not-acceptable"));
}

TEST(Upload, ARequestWithoutNameOrSizeIsRefused) {
  TestServer server({"upload"}, with_uploads());
  auto juliet = server.login("juliet@localhost/balcony");
  EXPECT_THAT(ask(juliet, "size='1'"), HasSubstr("bad-request"));
  EXPECT_THAT(ask(juliet, "filename='a'"), HasSubstr("bad-request"));
  EXPECT_THAT(ask(juliet, "filename='a' size='-1'"), HasSubstr("bad-request"));
  juliet.send(request("filename='a' size='1'", "localhost", "set"));
  EXPECT_THAT(juliet.received_text(), HasSubstr("bad-request"));
}

TEST(Upload, TheQuotaIsOneForAllOfAnAccountsDevices) {
  auto config = with_uploads();
  config.upload_quota_bytes = 30'000;
  TestServer server({"upload"}, config);
  auto balcony = server.login("juliet@localhost/balcony");
  auto garden = server.login("juliet@localhost/garden");
  EXPECT_THAT(ask(balcony, "filename='a' size='20000'"), HasSubstr("<slot"));
  const auto refused = ask(garden, "filename='a' size='10001'");
  EXPECT_THAT(refused, HasSubstr("resource-constraint"));
  EXPECT_THAT(refused, HasSubstr("type='wait'"));
  EXPECT_THAT(ask(garden, "filename='a' size='10000'"), HasSubstr("<slot"));
  auto romeo = server.login("romeo@localhost/orchard");
  EXPECT_THAT(ask(romeo, "filename='a' size='20000'"), HasSubstr("<slot"));
}

TEST(Upload, AFullDiskIsToldBeforeAnythingIsSent) {
  auto config = with_uploads();
  config.upload_disk_reserve = std::uint64_t{1} << 62;
  TestServer server({"upload"}, config);
  auto juliet = server.login("juliet@localhost/balcony");
  EXPECT_THAT(ask(juliet, "filename='a' size='1'"), HasSubstr("resource-constraint"));
}

TEST(Upload, AccountsGiveNoSlots) {
  TestServer server({"upload"}, with_uploads());
  auto juliet = server.login("juliet@localhost/balcony");
  server.create_account("romeo");
  for (const auto* to : {"romeo@localhost", "juliet@localhost"}) {
    juliet.send(request("filename='a' size='1'", to));
    EXPECT_THAT(juliet.received_text(), HasSubstr("service-unavailable")) << to;
  }
}

}  // namespace
}  // namespace queqiao::server::testing
