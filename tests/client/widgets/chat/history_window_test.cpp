#include "client/widgets/chat/history_window.h"

#include <QBuffer>
#include <QCalendarWidget>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

#include "client/widgets/chat/history_export.h"
#include "client/widgets/language.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

QString exported(ChatScene& scene, ExportFormat format) {
  QBuffer buffer;
  buffer.open(QIODevice::ReadWrite);
  const People people(scene.account);
  HistoryExport(scene.account.fake_history, [&people](const QString& jid) {
    return people.name(jid);
  }).write(romeo, format, buffer);
  return QString::fromUtf8(buffer.data());
}

}  // namespace

class HistoryWindowTest : public QObject {
  Q_OBJECT

 private slots:
  // U12
  void finds_by_words_and_person() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 100);
    HistoryWindow window(scene.account);
    window.show();
    window.show_chat(romeo);
    QCOMPARE(window.hits().rowCount(), HistoryHits::page);
    auto* words = window.findChild<QLineEdit*>(QStringLiteral("words"));
    words->setText(QStringLiteral("message 77"));
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(window.hits().rowCount(), 1);
    QSignalSpy wanted(&window, &HistoryWindow::message_wanted);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(wanted.value(0).value(0).toString(), romeo);
    QCOMPARE(wanted.value(0).value(1).toLongLong(), window.hits().message(0).id);
  }

  // U24
  void days_are_written_as_the_language_of_the_moment_has_it() {
    set_language(QStringLiteral("en"));
    ChatScene scene;
    HistoryWindow window(scene.account);
    window.show();
    window.show_chat(romeo);
    set_language(QStringLiteral("zh_CN"));
    const auto days = window.findChildren<QDateEdit*>();
    QCOMPARE(days.size(), 2);
    for (const auto* day : days) QTRY_COMPARE(day->locale(), QLocale(QStringLiteral("zh_CN")));
    set_language(QStringLiteral("en"));
    for (const auto* day : days) QTRY_COMPARE(day->locale(), QLocale(QStringLiteral("en")));
  }

  void further_pages_are_read_when_the_view_gets_there() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 130);
    HistoryWindow window(scene.account);
    window.show();
    window.show_chat(romeo);
    while (window.hits().canFetchMore({})) window.hits().fetchMore({});
    QCOMPARE(window.hits().rowCount(), 130);
    QCOMPARE(window.hits().message(129).text, QStringLiteral("message 0"));
  }

  void paging_keys_work_from_the_search_field() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 40);
    HistoryWindow window(scene.account);
    window.show();
    window.show_chat(romeo);
    auto* list = window.findChild<QListView*>();
    for (QListView* one : window.findChildren<QListView*>()) list = one->model() == &window.hits() ? one : list;
    QTest::keyClick(window.findChild<QLineEdit*>(QStringLiteral("words")), Qt::Key_PageDown);
    QVERIFY(list->currentIndex().row() > 1);
    QTest::keyClick(list, Qt::Key_End);
    QCOMPARE(list->currentIndex().row(), 39);
    QTest::keyClick(list, Qt::Key_Home);
    QCOMPARE(list->currentIndex().row(), 0);
  }

  void a_day_of_the_calendar_opens_its_first_message() {
    ChatScene scene;
    const QDate day = QDate::currentDate();
    scene.account.fake_history.fill(romeo, 1, QDateTime(day.addDays(-3), QTime(12, 0)));
    scene.account.fake_history.fill(romeo, 2, QDateTime(day, QTime(0, 10)));
    HistoryWindow window(scene.account);
    window.show_chat(romeo);
    auto* calendar = window.findChild<QCalendarWidget*>();
    QSignalSpy wanted(&window, &HistoryWindow::message_wanted);
    emit calendar->clicked(day);
    QCOMPARE(wanted.value(0).value(1).toLongLong(), 2);
    QCOMPARE(calendar->dateTextFormat(day).fontWeight(), int(QFont::Bold));
    QVERIFY(calendar->dateTextFormat(day.addDays(-1)).fontWeight() != int(QFont::Bold));
  }

  void an_export_escapes_what_people_wrote() {
    ChatScene scene;
    scene.account.fake_history.add(scene.from(romeo, QStringLiteral("<script>alert(1)</script> & \"more\"")), true);
    const QString html = exported(scene, ExportFormat::html);
    QVERIFY(!html.contains(QStringLiteral("<script>")));
    QVERIFY(html.contains(QStringLiteral("&lt;script&gt;alert(1)&lt;/script&gt; &amp; ")));
    QVERIFY(exported(scene, ExportFormat::text).contains(QStringLiteral("    <script>")));
  }

  void an_export_has_every_message_in_the_order_of_time_under_its_day() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 1200);
    const QString text = exported(scene, ExportFormat::text);
    QCOMPARE(text.count(QStringLiteral("    message ")), 1200);
    QVERIFY(text.indexOf(QStringLiteral("    message 3\n")) < text.indexOf(QStringLiteral("    message 1100\n")));
    QVERIFY(text.contains(QStringLiteral("==== ") + QDate::currentDate().toString(Qt::ISODate)));
  }

  void an_export_refers_to_pictures() {
    ChatScene scene;
    Message picture = scene.from(romeo, {});
    picture.kind = MessageKind::file;
    picture.file = FileInfo{};
    picture.file->name = QStringLiteral("a b.png");
    picture.file->picture_size = {10, 10};
    picture.file->local_path = QStringLiteral("/tmp/a b.png");
    scene.account.fake_history.add(picture, true);
    QVERIFY(exported(scene, ExportFormat::html).contains(QStringLiteral("<img src=\"file:///tmp/a%20b.png\"")));
  }
};

QTEST_MAIN(HistoryWindowTest)
#include "history_window_test.moc"
