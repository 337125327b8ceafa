// queqiao: the desktop client. Puts the layers together; see windows.cpp for what is joined to what.
#include <QApplication>
#include <QDir>
#include <QStandardPaths>
#include <QTextStream>

#include "apps/queqiao/desktop.h"
#include "apps/queqiao/options.h"
#include "apps/queqiao/single_instance.h"

namespace {

// The help and mistakes are told without a display too.
std::optional<queqiao::app::Options> options_of(int count, char** words, int& code) {
  QStringList arguments;
  for (int i = 0; i < count; ++i) arguments << QString::fromLocal8Bit(words[i]);
  queqiao::app::Refusal refusal;
  auto options = queqiao::app::parse_options(arguments, refusal);
  if (!options) QTextStream(refusal.code == 0 ? stdout : stderr) << refusal.message;
  code = refusal.code;
  return options;
}

}  // namespace

int main(int count, char** words) {
  QCoreApplication::setApplicationName("queqiao");
  QCoreApplication::setApplicationVersion(QUEQIAO_VERSION);
  int code = 0;
  const auto options = options_of(count, words, code);
  if (!options) return code;
  QApplication application(count, words);
  QApplication::setDesktopFileName("queqiao");
  QApplication::setQuitOnLastWindowClosed(false);
  const QString data_folder = options->data_folder.isEmpty()
                                  ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)
                                  : QDir(options->data_folder).absolutePath();
  queqiao::app::SingleInstance instance(data_folder);
  if (!instance.is_first()) {
    instance.wake_first();
    QTextStream(stdout) << "queqiao: is running already with " << data_folder << "; its window is shown\n";
    return 0;
  }
  queqiao::app::Desktop desktop(*options, data_folder);
  QObject::connect(&instance, &queqiao::app::SingleInstance::woken, &desktop, &queqiao::app::Desktop::show_itself);
  desktop.start();
  return QApplication::exec();
}
