#include "server/http/uploads.h"

#include <fcntl.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "base/crypto.h"
#include "net/http/server.h"
#include "net/listener.h"
#include "storage/memory_store.h"
#include "tests/net/http/http_peer.h"

namespace queqiao::server::http {
namespace {

using net::http::Answer;
using net::http::HttpPeer;

// The HTTP side on real sockets and files, with a store in memory, in which a test puts slots as the module would.
class UploadsTest : public ::testing::Test {
 protected:
  UploadsTest() {
    auto pattern = (std::filesystem::temp_directory_path() / "queqiao-uploads-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    config_.upload_folder = folder_ / "files";
    config_.upload_disk_reserve = 0;
    shards_.start();
    storage::Account account;
    account.user = "juliet";
    EXPECT_TRUE(asked<void>([&](auto reply) { store_.create_account(account, std::move(reply)); }));
  }
  ~UploadsTest() override {
    if (listener_) listener_->stop();
    if (server_) server_->stop();
    if (uploads_) uploads_->stop();
    shards_.stop();
    std::filesystem::remove_all(folder_);
  }

  void start() {
    uploads_ = *Uploads::open(config_, store_, shards_[0]);
    server_ = std::make_unique<net::http::Server>(shards_, net::http::ServerLimits{});
    server_->route("/upload", [this](const net::http::Request& request) { return uploads_->handler_for(request); });
    net::Listener::Options options{.limits = &server_->connection_limits()};
    listener_ = *net::Listener::open(shards_, {"127.0.0.1", 0}, options, [this](net::Shard& shard, auto connection) {
      server_->accept(shard, std::move(connection));
    });
  }

  template <class T, class Call>
  Result<T> asked(Call call) {
    std::promise<Result<T>> answer;
    call(storage::Reply<T>{&shards_[0], [&](Result<T> outcome) { answer.set_value(std::move(outcome)); }});
    return answer.get_future().get();
  }
  std::optional<storage::Upload> stored(const std::string& id) {
    return *asked<std::optional<storage::Upload>>([&](auto reply) { store_.find_upload(id, std::move(reply)); });
  }
  std::string add_slot(std::uint64_t size, const std::string& type = "", const std::string& name = "a.txt") {
    const auto id = random_id();
    const storage::Upload upload{id, "juliet", size, name, type, storage::MemoryStore::system_clock(), false};
    EXPECT_TRUE(asked<void>([&](auto reply) { store_.add_upload(upload, {1 << 30, 1'000}, std::move(reply)); }));
    return id;
  }
  std::string add_file(const std::string& bytes, const std::string& type = "image/png",
                       const std::string& name = "a.png") {
    const auto id = add_slot(bytes.size(), type, name);
    EXPECT_EQ(put(id, bytes).status, 201u);
    return id;
  }

  std::uint16_t port() const { return listener_->port(); }
  Answer ask(std::string_view request) { return HttpPeer(port()).ask(request); }
  static std::string request(std::string_view method, const std::string& id, std::string_view fields = {}) {
    return std::string(method) + " /upload/" + id + "/a.txt HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n";
  }
  static std::string length(std::size_t bytes) { return "Content-Length: " + std::to_string(bytes) + "\r\n"; }
  Answer put(const std::string& id, const std::string& bytes, std::string_view fields = {}) {
    return ask(request("PUT", id, length(bytes.size()) + std::string(fields)) + bytes);
  }
  Answer get(const std::string& id, std::string_view fields = {}) { return ask(request("GET", id, fields)); }
  std::filesystem::path file(const std::string& id) const { return config_.upload_folder / id.substr(0, 2) / id; }
  std::filesystem::path part(const std::string& id) const { return file(id) += ".part"; }

  Config config_;
  std::filesystem::path folder_;
  storage::MemoryStore store_;
  std::unique_ptr<Uploads> uploads_;
  std::unique_ptr<net::http::Server> server_;
  net::Shards shards_{2};
  std::unique_ptr<net::Listener> listener_;
};

std::string some_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(i * 31 + i / 251);
  return bytes;
}

TEST_F(UploadsTest, AFileIsServedAsItCame) {
  start();
  const auto bytes = some_bytes(1'000'003);
  const auto id = add_file(bytes);
  const auto answer = get(id);
  EXPECT_EQ(answer.status, 200u);
  EXPECT_TRUE(answer.body == bytes);
  EXPECT_EQ(answer.field("content-type"), "image/png");
  EXPECT_EQ(answer.field("content-disposition"), "inline; filename*=UTF-8''a.png");
  EXPECT_EQ(answer.field("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.field("access-control-allow-origin"), "*");
  EXPECT_NE(answer.field("content-security-policy").find("sandbox"), std::string::npos);
  EXPECT_TRUE(stored(id)->is_complete);
  EXPECT_FALSE(std::filesystem::exists(part(id)));
}

TEST_F(UploadsTest, AnEmptyFileIsAFile) {
  start();
  const auto id = add_file("");
  EXPECT_EQ(get(id).status, 200u);
  EXPECT_EQ(get(id).body, "");
  EXPECT_EQ(get(id, "Range: bytes=0-\r\n").status, 416u);
}

TEST_F(UploadsTest, HeadTellsWhatGetWould) {
  start();
  const auto id = add_file("hello");
  const auto answer = ask(request("HEAD", id));
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.field("content-length"), "5");
  EXPECT_EQ(answer.field("accept-ranges"), "bytes");
}

TEST_F(UploadsTest, WhoMissedTheAnswerToAPutLearnsThatAllHasCome) {
  start();
  const auto id = add_slot(5);
  EXPECT_EQ(put(id, "hello").status, 201u);
  const auto answer = ask(request("HEAD", id));
  EXPECT_EQ(answer.field("upload-complete"), "?1");
  EXPECT_EQ(answer.field("upload-offset"), "5");
}

TEST_F(UploadsTest, OnlyTheSizeThatWasAskedForIsTaken) {
  start();
  const auto id = add_slot(5);
  EXPECT_EQ(put(id, "hello!").status, 413u);
  EXPECT_EQ(put(id, "hell").status, 400u);
  EXPECT_EQ(ask(request("PUT", id)).status, 411u);
  EXPECT_EQ(ask(request("PUT", id, "Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\n\r\n").status, 411u);
  EXPECT_FALSE(std::filesystem::exists(file(id)));
  EXPECT_EQ(put(id, "hello").status, 201u);
}

TEST_F(UploadsTest, AnotherTypeThanWasAskedForIsRefused) {
  start();
  const auto id = add_slot(5, "image/png");
  EXPECT_EQ(put(id, "hello", "Content-Type: text/html\r\n").status, 415u);
  EXPECT_EQ(put(id, "hello", "Content-Type: IMAGE/png; a=b\r\n").status, 201u);
}

TEST_F(UploadsTest, ASlotIsUsedOnce) {
  start();
  const auto id = add_file("hello");
  EXPECT_EQ(put(id, "HELLO").status, 409u);
  EXPECT_EQ(get(id).body, "hello");
}

TEST_F(UploadsTest, NobodyPutsWithoutASlot) {
  start();
  EXPECT_EQ(put(random_id(), "hello").status, 404u);
  EXPECT_EQ(get(random_id()).status, 404u);
  EXPECT_TRUE(std::filesystem::is_empty(config_.upload_folder));
}

TEST_F(UploadsTest, ASlotExpires) {
  config_.upload_slot = std::chrono::seconds(0);
  start();
  EXPECT_EQ(put(add_slot(5), "hello").status, 404u);
}

TEST_F(UploadsTest, AFullDiskIsTold) {
  config_.upload_disk_reserve = std::uint64_t{1} << 60;
  start();
  EXPECT_EQ(put(add_slot(5), "hello").status, 507u);
}

// A folder that is not there has no free bytes.
TEST_F(UploadsTest, ADiskThatFillsUpEndsAnUploadThatMayGoOnLater) {
  start();
  const auto bytes = some_bytes(400'000);
  const auto id = add_slot(bytes.size());
  HttpPeer peer(port());
  peer.say(request("PUT", id, length(bytes.size())) + bytes.substr(0, 200'000));
  while (!std::filesystem::exists(part(id)) || std::filesystem::file_size(part(id)) < 1'000) {
  }
  const auto away = folder_ / "away";
  std::filesystem::rename(config_.upload_folder, away);
  EXPECT_EQ(peer.ask(bytes.substr(200'000)).status, 507u);
  std::filesystem::rename(away, config_.upload_folder);
  const auto offset = std::filesystem::file_size(part(id));
  const auto range = "Content-Range: bytes " + std::to_string(offset) + "-399999/400000\r\n";
  Answer rest;
  do rest = put(id, bytes.substr(offset), range);
  while (rest.status == 409);
  EXPECT_EQ(rest.status, 201u);
  EXPECT_TRUE(get(id).body == bytes);
}

TEST_F(UploadsTest, NoPathLeavesTheFolder) {
  start();
  std::ofstream(folder_ / "secret") << "secret";
  for (const auto* target :
       {"/upload/../secret", "/upload/%2e%2e/secret", "/upload/..%2fsecret", "/upload/%2e%2e%2f%2e%2e%2fsecret/a",
        "/upload/....//secret", "/upload/aaaaaaaaaaaaaaaaaaaa..", "/upload/aaaaaaaaaaaaaaaaaaaa%2f.", "/upload",
        "/upload/", "/upload/secret", "/upload/aaaaaaaaaaaaaaaaaaaaa%00", "//upload/secret"}) {
    const auto answer = ask("GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(answer.status == 400u || answer.status == 404u) << target << answer.status;
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
  }
}

TEST_F(UploadsTest, ALinkInTheFolderIsNotFollowed) {
  start();
  const auto id = add_file("hello");
  std::ofstream(folder_ / "secret") << "12345";
  std::filesystem::remove(file(id));
  std::filesystem::create_symlink(folder_ / "secret", file(id));
  EXPECT_EQ(get(id).status, 404u);
}

TEST_F(UploadsTest, OneRangeIsServed) {
  start();
  const auto bytes = some_bytes(500'000);
  const auto id = add_file(bytes);
  const auto middle = get(id, "Range: bytes=1000-300999\r\n");
  EXPECT_EQ(middle.status, 206u);
  EXPECT_EQ(middle.field("content-range"), "bytes 1000-300999/500000");
  EXPECT_TRUE(middle.body == bytes.substr(1000, 300'000));
  EXPECT_TRUE(get(id, "Range: bytes=499999-\r\n").body == bytes.substr(499'999));
  EXPECT_TRUE(get(id, "Range: bytes=-7\r\n").body == bytes.substr(499'993));
  const auto behind = get(id, "Range: bytes=500000-\r\n");
  EXPECT_EQ(behind.status, 416u);
  EXPECT_EQ(behind.field("content-range"), "bytes */500000");
  EXPECT_EQ(get(id, "Range: bytes=0-1,4-5\r\n").status, 200u);
}

TEST_F(UploadsTest, ConditionsAreKept) {
  start();
  const auto id = add_file("hello");
  const auto tag = get(id).field("etag");
  const auto modified = get(id).field("last-modified");
  EXPECT_EQ(get(id, "If-None-Match: \"other\", " + tag + "\r\n").status, 304u);
  EXPECT_EQ(get(id, "If-None-Match: \"other\"\r\n").status, 200u);
  EXPECT_EQ(get(id, "If-Modified-Since: " + modified + "\r\n").status, 304u);
  EXPECT_EQ(get(id, "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n").status, 200u);
  EXPECT_EQ(get(id, "Range: bytes=1-2\r\nIf-Range: " + tag + "\r\n").body, "el");
  EXPECT_EQ(get(id, "Range: bytes=1-2\r\nIf-Range: " + modified + "\r\n").body, "el");
  EXPECT_EQ(get(id, "Range: bytes=1-2\r\nIf-Range: \"other\"\r\n").body, "hello");
  EXPECT_EQ(get(id, "Range: bytes=1-2\r\nIf-Range: Sun, 06 Nov 1994 08:49:37 GMT\r\n").body, "hello");
}

TEST_F(UploadsTest, WhatIsNotCompleteIsNotServed) {
  start();
  const auto id = add_slot(10);
  EXPECT_EQ(get(id).status, 404u);
  { HttpPeer(port()).say(request("PUT", id, length(10)) + "hello"); }
  while (ask(request("HEAD", id)).field("upload-offset") != "5") {
  }
  EXPECT_EQ(get(id).status, 404u);
  EXPECT_FALSE(std::filesystem::exists(file(id)));
  EXPECT_FALSE(stored(id)->is_complete);
}

TEST_F(UploadsTest, ABrokenUploadGoesOnWhereItEnded) {
  start();
  const auto bytes = some_bytes(400'000);
  const auto id = add_slot(bytes.size());
  { HttpPeer(port()).say(request("PUT", id, length(bytes.size())) + bytes.substr(0, 300'000)); }
  Answer head;
  while (head.field("upload-offset") != "300000") head = ask(request("HEAD", id));
  EXPECT_EQ(head.status, 204u);
  EXPECT_EQ(head.field("upload-complete"), "?0");
  Answer rest;
  // Until the server has seen the end of the first connection its upload has the file.
  do rest = put(id, bytes.substr(300'000), "Content-Range: bytes 300000-399999/400000\r\n");
  while (rest.status == 409);
  EXPECT_EQ(rest.status, 201u);
  EXPECT_TRUE(get(id).body == bytes);
}

TEST_F(UploadsTest, ABrokenUploadMayBeginAnew) {
  start();
  const auto id = add_slot(10);
  { HttpPeer(port()).say(request("PUT", id, length(10)) + "hello"); }
  while (ask(request("HEAD", id)).field("upload-offset") != "5") {
  }
  Answer again;
  do again = put(id, "0123456789");
  while (again.status == 409);
  EXPECT_EQ(again.status, 201u);
  EXPECT_EQ(get(id).body, "0123456789");
}

TEST_F(UploadsTest, AFileMayComeInParts) {
  start();
  const auto id = add_slot(10);
  const auto first = put(id, "01234", "Content-Range: bytes 0-4/10\r\n");
  EXPECT_EQ(first.status, 204u);
  EXPECT_EQ(first.field("upload-offset"), "5");
  Answer second;
  do second = put(id, "56789", "Content-Range: bytes 5-9/10\r\n");
  while (second.status == 409);
  EXPECT_EQ(second.status, 201u);
  EXPECT_EQ(get(id).body, "0123456789");
}

TEST_F(UploadsTest, PartsThatDoNotFitAreRefused) {
  start();
  const auto id = add_slot(10);
  EXPECT_EQ(put(id, "56789", "Content-Range: bytes 5-9/10\r\n").status, 416u);
  EXPECT_EQ(put(id, "56789", "Content-Range: bytes 5-8/10\r\n").status, 400u);
  EXPECT_EQ(put(id, "56789", "Content-Range: bytes 0-4/11\r\n").status, 400u);
  EXPECT_EQ(put(id, "56789", "Content-Range: bytes 5-9/*\r\n").status, 400u);
}

TEST_F(UploadsTest, OneUploadAtATimeHasTheFile) {
  start();
  const auto id = add_slot(10);
  HttpPeer first(port());
  first.say(request("PUT", id, length(10) + "Expect: 100-continue\r\n"));
  EXPECT_EQ(first.answer().status, 100u);
  EXPECT_EQ(put(id, "abcdefghij").status, 409u);
  EXPECT_EQ(first.ask("0123456789").status, 201u);
  EXPECT_EQ(get(id).body, "0123456789");
}

TEST_F(UploadsTest, BrowsersOfOtherOriginsMayAsk) {
  start();
  const auto answer = ask(request("OPTIONS", random_id(), "Origin: https://web.example\r\n"));
  EXPECT_EQ(answer.status, 204u);
  EXPECT_EQ(answer.field("access-control-allow-origin"), "*");
  EXPECT_NE(answer.field("access-control-allow-methods").find("PUT"), std::string::npos);
  EXPECT_EQ(ask(request("DELETE", random_id())).status, 405u);
}

TEST_F(UploadsTest, AFileThatBecameShorterEndsTheAnswer) {
  start();
  const auto id = add_file(some_bytes(300'000));
  std::filesystem::resize_file(file(id), 200'000);
  const auto answer = get(id);
  EXPECT_FALSE(answer.is_whole);
}

TEST_F(UploadsTest, WhatHasExpiredIsRemovedWithItsFile) {
  start();
  const auto id = add_file("hello");
  EXPECT_TRUE(asked<void>([&](auto reply) {
    store_.update_upload(id, storage::MemoryStore::system_clock() - std::chrono::hours(24 * 366), true,
                         std::move(reply));
  }));
  uploads_->stop();
  uploads_ = *Uploads::open(config_, store_, shards_[0]);  // begins with a sweep
  while (std::filesystem::exists(file(id))) {
  }
  EXPECT_FALSE(stored(id));
}

TEST_F(UploadsTest, FilesOfADeletedAccountAreRemoved) {
  start();
  const auto id = add_file("hello");
  EXPECT_TRUE(asked<void>([&](auto reply) { store_.delete_account("juliet", std::move(reply)); }));
  EXPECT_EQ(get(id).status, 404u);
  uploads_->stop();
  uploads_ = *Uploads::open(config_, store_, shards_[0]);
  while (std::filesystem::exists(file(id))) {
  }
}

}  // namespace
}  // namespace queqiao::server::http
