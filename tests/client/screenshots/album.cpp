#include "tests/client/screenshots/album.h"

#include <QApplication>
#include <QTest>

namespace queqiao::client::test {

// Pictures are read on other threads, and lists are laid out in turns of the event loop.
void Album::save(QWidget& window, const QString& name) const {
  if (!wants(name)) return;
  for (int turn = 0; turn < 10; ++turn) {
    QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    QTest::qWait(5);
  }
  window.grab().save(folder_.filePath(QStringLiteral("%1.%2.png").arg(name, suffix_)));
}

}  // namespace queqiao::client::test
