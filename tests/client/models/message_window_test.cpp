#include "client/models/message_window.h"

#include <QSignalSpy>
#include <QTest>

#include "tests/client/fakes/fake_account.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

const QString romeo = QStringLiteral("romeo@example.org");

QString name_of(const Message& message) {
  return message.is_outgoing ? QStringLiteral("Me") : QStringLiteral("Romeo");
}

QStringList texts(const MessageWindow& window) {
  QStringList all;
  for (int row = 0; row < window.rowCount(); ++row) all << window.message(row).text;
  return all;
}

}  // namespace

class MessageWindowTest : public QObject {
  Q_OBJECT

 private slots:
  void opens_at_the_newest_page() {
    FakeHistory history;
    history.fill(romeo, 200);
    MessageWindow window(history, name_of);
    window.open(romeo);
    QCOMPARE(window.rowCount(), MessageWindow::page);
    QCOMPARE(window.message(window.rowCount() - 1).text, QStringLiteral("message 199"));
    QVERIFY(window.has_newest());
    QVERIFY(!window.has_oldest());
  }

  void opens_around_the_first_unread() {
    FakeHistory history;
    history.fill(romeo, 400);
    history.set_unread(romeo, 100);
    MessageWindow window(history, name_of);
    window.open(romeo);
    QVERIFY(window.divider());
    const int row = window.row_of(*window.divider());
    QVERIFY(row >= 0);
    QVERIFY(window.data(window.index(row), MessageWindow::starts_unread).toBool());
    QVERIFY(!window.has_newest());
    QCOMPARE(window.unseen(), 100);
  }

  void never_holds_more_than_its_most_rows_and_loses_none_between() {
    FakeHistory history;
    history.fill(romeo, 2000);
    MessageWindow window(history, name_of);
    window.open(romeo);
    while (window.fetch_older()) QVERIFY(window.rowCount() <= MessageWindow::most_rows);
    QVERIFY(window.has_oldest());
    QVERIFY(!window.has_newest());
    QCOMPARE(window.message(0).text, QStringLiteral("message 0"));
    while (window.fetch_newer()) QVERIFY(window.rowCount() <= MessageWindow::most_rows);
    QVERIFY(window.has_newest());
    const QStringList shown = texts(window);
    for (int i = 0; i < shown.size(); ++i) {
      QCOMPARE(shown[i], QStringLiteral("message %1").arg(2000 - shown.size() + i));
    }
  }

  void follows_what_arrives_while_at_the_end() {
    FakeAccount account;
    account.fake_history.fill(romeo, 10);
    MessageWindow window(account.fake_history, name_of);
    window.open(romeo);
    account.fake_messenger.receive(romeo, QStringLiteral("new"));
    QTRY_COMPARE(texts(window).last(), QStringLiteral("new"));
    QCOMPARE(window.unseen(), 0);
  }

  void counts_and_keeps_rows_while_scrolled_up() {
    FakeAccount account;
    account.fake_history.fill(romeo, 2000);
    MessageWindow window(account.fake_history, name_of);
    window.open(romeo);
    while (window.rowCount() < MessageWindow::most_rows) window.fetch_older();
    window.set_at_end(false);
    const QString first = window.message(0).text;
    QSignalSpy removed(&window, &MessageWindow::rowsRemoved);
    for (int i = 0; i < 5; ++i) account.fake_messenger.receive(romeo, QStringLiteral("new"));
    QTRY_COMPARE(window.unseen(), 5);
    QCOMPARE(removed.count(), 0);
    QCOMPARE(window.message(0).text, first);
  }

  void a_late_message_goes_to_its_place_in_time() {
    FakeHistory history;
    history.fill(romeo, 10);
    MessageWindow window(history, name_of);
    window.open(romeo);
    Message late;
    late.chat = late.sender = romeo;
    late.text = QStringLiteral("late");
    late.time = window.message(4).time.addSecs(1);
    history.add(late);
    QTRY_COMPARE(window.rowCount(), 11);
    QCOMPARE(window.message(5).text, QStringLiteral("late"));
  }

  void a_burst_is_one_change_of_the_model() {
    FakeAccount account;
    account.fake_history.fill(romeo, 60);
    MessageWindow window(account.fake_history, name_of);
    window.open(romeo);
    QSignalSpy inserted(&window, &MessageWindow::rowsInserted);
    QSignalSpy reset(&window, &MessageWindow::modelReset);
    for (int i = 0; i < 1000; ++i) account.fake_messenger.receive(romeo, QString::number(i));
    QTRY_COMPARE(texts(window).last(), QStringLiteral("999"));
    QVERIFY(inserted.count() + reset.count() <= 2);
  }

  void a_page_from_the_server_can_be_fetched() {
    FakeHistory history;
    history.fill(romeo, 10);
    MessageWindow window(history, name_of);
    window.open(romeo);
    QVERIFY(!window.fetch_older());
    history.add_older(romeo, 5);
    QVERIFY(window.fetch_older());
    QCOMPARE(window.rowCount(), 15);
  }

  void a_day_starts_where_the_date_changes() {
    FakeHistory history;
    const QDateTime noon(QDate(2024, 5, 2), QTime(12, 0));
    Message message;
    message.chat = message.sender = romeo;
    for (const int day : {0, 0, 1}) {
      message.time = noon.addDays(day);
      history.add(message, true);
    }
    MessageWindow window(history, name_of);
    window.open(romeo);
    const auto starts = [&](int row) { return window.data(window.index(row), MessageWindow::starts_day).toBool(); };
    QVERIFY(starts(0));
    QVERIFY(!starts(1));
    QVERIFY(starts(2));
  }

  void screen_readers_hear_sender_time_and_text() {
    FakeHistory history;
    history.fill(romeo, 1);
    MessageWindow window(history, name_of);
    window.open(romeo);
    const QString spoken = window.data(window.index(0), Qt::AccessibleTextRole).toString();
    QVERIFY(spoken.startsWith(QStringLiteral("Romeo, ")));
    QVERIFY(spoken.endsWith(QStringLiteral(", message 0")));
    QVERIFY(spoken.contains(QLocale().toString(window.message(0).time, QLocale::ShortFormat)));
  }

  void the_divider_goes_on_when_its_message_is_deleted() {
    FakeHistory history;
    history.fill(romeo, 20);
    history.set_unread(romeo, 3);
    MessageWindow window(history, name_of);
    window.open(romeo);
    const int row = window.row_of(*window.divider());
    const qint64 next = window.message(row + 1).id;
    history.remove({*window.divider()});
    QCOMPARE(window.divider(), std::optional(next));
  }
};

QTEST_GUILESS_MAIN(MessageWindowTest)
#include "message_window_test.moc"
