#include <QProcess>
#include <QTest>

#include "client/core/history.h"
#include "client/core/messenger.h"
#include "server_process.h"

namespace queqiao::client::test {

class KilledSenderTest : public QObject {
  Q_OBJECT

  static QStringList arguments(quint16 port, const QString& folder, const QString& to, int first, int count) {
    return {QString::number(port), folder, to, QString::number(first), QString::number(count)};
  }
  static QString program() { return qEnvironmentVariable("QUEQIAO_BIN") + "/client_killed_sender"; }

  // Runs a sender until it has stored `enough`, and kills it. The number after the last one that it said was stored.
  static int run_and_kill(const QStringList& with, int first, int enough) {
    QProcess sender;
    sender.start(program(), with);
    QByteArray output;
    while (output.count('\n') < enough && sender.waitForReadyRead(patience)) output += sender.readAllStandardOutput();
    sender.kill();  // SIGKILL
    sender.waitForFinished(patience);
    output += sender.readAllStandardOutput();
    return first + static_cast<int>(output.count('\n'));
  }

 private slots:
  void what_was_stored_arrives_once_however_often_the_sender_is_killed() {
    ServerProcess server;
    QVERIFY(server.add_user("juliet") && server.add_user("romeo"));
    Person romeo("romeo", server.port());
    QVERIFY(romeo.log_in());
    QTemporaryDir folder;
    int stored = 0;
    for (const int enough : {1, 20, 5, 60, 150, 300}) {
      stored = run_and_kill(arguments(server.port(), folder.path(), romeo.jid(), stored, 1'000'000), stored, enough);
    }
    QProcess drain;
    drain.start(program(), arguments(server.port(), folder.path(), romeo.jid(), 0, 0));
    QVERIFY(drain.waitForFinished(patience));
    QCOMPARE(drain.readAllStandardOutput(), QByteArray("drained\n"));

    auto& history = romeo.account->history();
    const auto last = QString::number(stored - 1);
    QVERIFY(QTest::qWaitFor(
        [&] {
          const auto newest = history.newest("juliet@localhost", 1);
          return !newest.isEmpty() && newest.first().text.toInt() >= stored - 1;
        },
        patience));
    // A message that was stored in the moment of the kill, before it was printed, counts as well: it is the same number
    // again in the next run. Beyond that, all of them, each once, in their order.
    QList<int> numbers;
    for (const auto& message : history.newest("juliet@localhost", 100'000)) numbers.append(message.text.toInt());
    int expected = 0;
    for (const int number : numbers) {
      QVERIFY2(number == expected || number == expected - 1, qPrintable(QString::number(number)));
      expected = number + 1;
    }
    QVERIFY(expected >= stored);
    QVERIFY(numbers.size() - expected <= 6);
    QSet<QString> wire_ids;
    for (const auto& message : history.newest("juliet@localhost", 100'000)) wire_ids.insert(message.wire_id);
    QCOMPARE(wire_ids.size(), numbers.size());
    qInfo("%d messages through 6 kills", static_cast<int>(numbers.size()));
  }
};

}  // namespace queqiao::client::test

QTEST_GUILESS_MAIN(queqiao::client::test::KilledSenderTest)
#include "killed_sender_test.moc"
