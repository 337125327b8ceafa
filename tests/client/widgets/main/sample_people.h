#pragma once

#include <memory>

#include "tests/client/fakes/fake_account.h"

namespace queqiao::client::test {

// An account with friends, groups, chats and a friend request, as tests and screenshots of windows want it.
std::unique_ptr<FakeAccount> account_with_people();

}  // namespace queqiao::client::test
