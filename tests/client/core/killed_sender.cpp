// A client that killed_sender_test kills: killed_sender PORT DATA_FOLDER TO FIRST COUNT
// Writes COUNT messages, the numbers from FIRST on, and prints each when the history says that it is stored. Without
// any it waits until everything that earlier runs left has gone out, prints "drained" and ends.
#include <QCoreApplication>
#include <QTimer>
#include <cstdio>

#include "client/core/history/local_history.h"
#include "client/core/messenger.h"
#include "server_process.h"

using namespace queqiao::client;

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  const auto arguments = application.arguments();
  if (arguments.size() != 6) return 2;
  const auto to = arguments[3];
  int next = arguments[4].toInt();
  const int end = next + arguments[5].toInt();
  const bool is_draining = next == end;
  auto account = Account::create(test::settings_for("juliet", arguments[1].toUShort(), arguments[2]));
  account->connect_to_server(Status::online);
  auto& history = *qobject_cast<LocalHistory*>(&account->history());

  QTimer turn;
  QObject::connect(&turn, &QTimer::timeout, &application, [&] {
    if (next < end && account->messenger().send_text(to, QString::number(next)) != 0) {
      std::printf("%d\n", next++);
      std::fflush(stdout);
    }
    if (!is_draining || account->state() != ConnectionState::online || !history.outbox().all().isEmpty()) return;
    std::puts("drained");
    application.quit();
  });
  turn.start(is_draining ? 20 : 0);
  return application.exec();
}
