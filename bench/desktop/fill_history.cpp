// Fills the local history of a desktop client's account, for bench/desktop/compare.py.
// usage: fill_history FILE CONTACT MESSAGES
#include <QCoreApplication>
#include <QDateTime>
#include <cstdio>

#include "client/core/history/database.h"
#include "client/core/history/local_history.h"

using namespace queqiao::client;

namespace {

void fill(LocalHistory& history, const QString& contact, int count) {
  LocalHistory::Batch batch(history);
  const QDateTime start = QDateTime::currentDateTime().addSecs(-60LL * count);
  for (int i = 0; i < count; ++i) {
    Message message;
    message.chat = message.sender = contact;
    message.time = start.addSecs(60LL * i);
    message.text = QStringLiteral("第 %1 条消息 with some words about the weather").arg(i);
    message.wire_id = QStringLiteral("wire-%1").arg(i);
    history.add(message, {}, false);
  }
}

}  // namespace

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  const QStringList arguments = application.arguments();
  if (arguments.size() != 4) {
    std::fputs("usage: fill_history FILE CONTACT MESSAGES\n", stderr);
    return 2;
  }
  auto database = Database::open(arguments[1]);
  if (!database) {
    std::fprintf(stderr, "fill_history: %s cannot be opened\n", qPrintable(arguments[1]));
    return 1;
  }
  LocalHistory history(std::move(*database));
  fill(history, arguments[2], arguments[3].toInt());
}
