// Saves a picture of every window, in both languages and both looks, with people who do not exist.
// usage: client_screenshots FOLDER [NAME...]; scripts/screenshots builds and runs it without a display.
#include <QApplication>
#include <QDir>
#include <QScreen>
#include <QStandardPaths>
#include <QTextStream>

#include "client/widgets/language.h"
#include "client/widgets/theme.h"
#include "tests/client/widgets/main/sample_people.h"
#include "tests/client/widgets/main/window_list.h"

using namespace queqiao::client;

namespace {

void save(const test::WindowSample& sample, const QString& path) {
  auto account = test::account_with_people();
  RecentChats chats(*account);
  RememberedAccounts remembered;
  test::Stage stage{*account, chats, remembered};
  auto* window = sample.make(stage);
  window->show();
  QApplication::processEvents();
  window->grab().save(path);
  QWidget* top = window;
  while (top->parentWidget()) top = top->parentWidget();
  delete top;
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

}  // namespace

int main(int count, char** words) {
  QStandardPaths::setTestModeEnabled(true);
  QApplication application(count, words);
  const QStringList arguments = application.arguments();
  if (arguments.size() < 2) {
    QTextStream(stderr) << "usage: client_screenshots FOLDER [NAME...]\n";
    return 2;
  }
  const QDir folder(arguments[1]);
  if (!folder.mkpath(".")) return 1;
  for (const QString& language : languages()) {
    for (const bool is_dark : {false, true}) {
      set_look(is_dark, 100);
      set_language(language);
      for (const auto& sample : test::window_samples()) {
        if (arguments.size() > 2 && !arguments.mid(2).contains(sample.name)) continue;
        const QString look_name = is_dark ? "dark" : "light";
        save(sample, folder.filePath(QStringLiteral("%1.%2.%3.png").arg(sample.name, language, look_name)));
      }
    }
  }
  return 0;
}
