// The list over the real history in its SQLite file.
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

#include "client/core/history/local_history.h"
#include "client/models/message_window.h"
#include "client/widgets/chat/message_list.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

void fill(LocalHistory& history, int count) {
  LocalHistory::Batch batch(history);
  const QDateTime start = QDateTime::currentDateTime().addSecs(-60LL * count);
  for (int i = 0; i < count; ++i) {
    Message message;
    message.chat = message.sender = romeo;
    message.time = start.addSecs(60LL * i);
    message.text = QStringLiteral("第 %1 条消息 with some words 😀").arg(i);
    message.wire_id = QStringLiteral("wire-%1").arg(i);
    history.add(message, {}, false);
  }
}

}  // namespace

class RealHistoryTest : public QObject {
  Q_OBJECT

 private slots:
  // U11
  void a_chat_of_a_hundred_thousand_stored_messages_opens_and_scrolls_without_a_jump() {
    ChatScene scene;
    QTemporaryDir folder;
    auto database = Database::open(folder.filePath(QStringLiteral("history.sqlite")));
    QVERIFY(database);
    LocalHistory history(std::move(*database));
    fill(history, 100'000);
    const People people(scene.account);
    PictureCache pictures;
    QElapsedTimer clock;
    clock.start();
    MessageWindow window(history, [&people](const Message& message) { return people.name(message.sender); });
    MessageList list(window, people, scene.account.fake_transfers, pictures);
    list.resize(560, 600);
    list.show();
    list.open(romeo);
    list.viewport()->repaint();
    qInfo("a chat of 100,000 messages in SQLite opened in %lld ms", clock.elapsed());
    QVERIFY(list.is_at_end());
    qint64 longest = 0;
    for (int page = 0; page < 20; ++page) {
      list.verticalScrollBar()->setValue(100);
      const QModelIndex anchor = list.indexAt({280, 300});
      const qint64 id = window.message(anchor.row()).id;
      const int before = list.visualRect(anchor).bottom();
      const qint64 first = window.message(0).id;
      clock.start();
      QTRY_VERIFY(window.message(0).id != first);
      longest = std::max(longest, clock.elapsed());
      QCOMPARE(list.visualRect(window.index(window.row_of(id))).bottom(), before);
    }
    qInfo("the longest of 20 older pages took %lld ms", longest);
  }

  void the_first_of_many_messages_is_shown_in_its_context() {
    ChatScene scene;
    QTemporaryDir folder;
    auto database = Database::open(folder.filePath(QStringLiteral("history.sqlite")));
    QVERIFY(database);
    LocalHistory history(std::move(*database));
    fill(history, 3000);
    const People people(scene.account);
    PictureCache pictures;
    MessageWindow window(history, [&people](const Message& message) { return people.name(message.sender); });
    MessageList list(window, people, scene.account.fake_transfers, pictures);
    list.resize(560, 600);
    list.show();
    list.open(romeo);
    HistoryQuery query;
    query.chat = romeo;
    query.text = QStringLiteral("第 12 条");
    const QList<Message> hits = history.search(query);
    QVERIFY(!hits.isEmpty());
    QVERIFY(list.show_message(hits.last().id));
    QCOMPARE(list.current_message(), hits.last().id);
    QVERIFY(list.viewport()->rect().intersects(list.visualRect(list.currentIndex())));
  }
};

QTEST_MAIN(RealHistoryTest)
#include "real_history_test.moc"
