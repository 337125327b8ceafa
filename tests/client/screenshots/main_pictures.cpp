#include <QApplication>

#include "tests/client/screenshots/pictures.h"
#include "tests/client/widgets/main/sample_people.h"
#include "tests/client/widgets/main/window_list.h"

namespace queqiao::client::test {
namespace {

void paint(const WindowSample& sample, const Album& album) {
  auto account = account_with_people();
  RecentChats chats(*account);
  RememberedAccounts remembered;
  Stage stage{*account, chats, remembered};
  auto* window = sample.make(stage);
  window->show();
  QApplication::processEvents();
  album.save(*window, sample.name);
  QWidget* top = window;
  while (top->parentWidget()) top = top->parentWidget();
  delete top;
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

}  // namespace

void paint_main_windows(const Album& album) {
  for (const auto& sample : window_samples()) {
    if (album.wants(sample.name)) paint(sample, album);
  }
}

}  // namespace queqiao::client::test
