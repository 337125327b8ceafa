// Saves a picture of every window, in both languages, light and dark, and with text of double size.
// usage: client_screenshots FOLDER [NAME...]; scripts/screenshots builds and runs it without a display.
#include <QApplication>
#include <QStandardPaths>
#include <QTextStream>

#include "client/widgets/language.h"
#include "client/widgets/theme.h"
#include "tests/client/screenshots/pictures.h"

using namespace queqiao::client;

namespace {

struct PictureLook {
  const char* name;
  bool is_dark;
  int text_percent;
};

constexpr PictureLook looks[] = {{"light", false, 100}, {"dark", true, 100}, {"large", false, 200}};

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
  test::Album album(folder, arguments.mid(2));
  for (const QString& language : languages()) {
    for (const PictureLook& look : looks) {
      set_look(look.is_dark, look.text_percent);
      set_language(language);
      album.set_suffix(language, look.name);
      test::paint_main_windows(album);
      test::paint_chat_windows(album);
      test::paint_game_windows(album);
    }
  }
  return 0;
}
