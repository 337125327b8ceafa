#pragma once

#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

#include "client/core/remembered_accounts.h"
#include "client/models/recent_chats.h"
#include "tests/client/fakes/fake_account.h"

namespace queqiao::client::test {

// What every window is made from.
struct Stage {
  FakeAccount& account;
  RecentChats& chats;
  RememberedAccounts& remembered;
};

// A window or dialog of client/widgets/main in one of its states. `make` answers what is to be looked at; it is shown
// already when it shows itself.
struct WindowSample {
  QString name;
  std::function<QWidget*(Stage&)> make;
};

// All of them: for the tests that walk over every window, and for the screenshots.
const std::vector<WindowSample>& window_samples();

}  // namespace queqiao::client::test
