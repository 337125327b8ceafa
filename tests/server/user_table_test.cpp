#include "server/user_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/memory_store.h"
#include "test_loop.h"

namespace queqiao::server::testing {
namespace {

using ::testing::ElementsAre;

struct Users : ::testing::Test {
  TestLoop loop;
  storage::MemoryStore store;
  UserTable users{loop, store, "localhost", 1};  // one without a session stays

  void create(const std::string& name) {
    storage::Account account;
    account.user = name;
    store.create_account(account, {});
  }
  void run() {
    while (loop.run_turn()) {
    }
  }
};

TEST_F(Users, WhoWaitsForAnAccountThatIsForgottenMeanwhileHearsThatThereIsNone) {
  create("juliet");
  std::vector<bool> found;
  users.with("juliet", [&](User* user) {
    found.push_back(user != nullptr);
    users.forget("juliet");
  });
  users.with("juliet", [&](User* user) { found.push_back(user != nullptr); });
  run();
  EXPECT_THAT(found, ElementsAre(true, false));
}

TEST_F(Users, AnAccountIsThereUntilTheTaskThatUsesItEnds) {
  for (const auto* name : {"juliet", "romeo"}) create(name);
  User* juliet = nullptr;
  users.with("juliet", [&](User* user) { juliet = user; });
  run();
  ASSERT_TRUE(juliet);
  users.with("romeo", [&](User*) {
    EXPECT_EQ(users.find("juliet"), nullptr) << "pushed out";
    EXPECT_EQ(juliet->name, "juliet") << "and not destroyed yet";
  });
  run();
}

TEST_F(Users, AForgottenAccountIsThereUntilTheTaskEnds) {
  create("juliet");
  users.with("juliet", [&](User* user) {
    users.forget("juliet");
    EXPECT_EQ(user->name, "juliet");
    EXPECT_EQ(users.find("juliet"), nullptr);
  });
  run();
}

}  // namespace
}  // namespace queqiao::server::testing
