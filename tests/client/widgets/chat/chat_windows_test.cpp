#include "client/widgets/chat/chat_windows.h"

#include <QApplication>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTabBar>
#include <QTest>

#include "client/widgets/chat/chat_frame.h"
#include "client/widgets/chat/chat_search_bar.h"
#include "client/widgets/chat/chat_view.h"
#include "client/widgets/chat/composer.h"
#include "client/widgets/chat/message_edit.h"
#include "client/widgets/chat/message_list.h"
#include "client/widgets/language.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

QList<ChatFrame*> frames() {
  QList<ChatFrame*> found;
  for (QWidget* window : QApplication::topLevelWidgets()) {
    auto* frame = qobject_cast<ChatFrame*>(window);
    if (frame && frame->isVisible()) found << frame;
  }
  return found;
}

ChatView* view_of(const QString& jid) {
  for (ChatFrame* frame : frames()) {
    for (ChatView* view : frame->views()) {
      if (view->jid() == jid) return view;
    }
  }
  return nullptr;
}

void use_separate_windows(ChatScene& scene) {
  scene.account.fake_settings.set_value(QLatin1String(setting::chat_windows), int(ChatPlacement::separate));
}

}  // namespace

class ChatWindowsTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setQuitOnLastWindowClosed(false);
  }
  void cleanup() { QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); }

  // U16
  void chats_are_tabs_of_one_window_or_windows_of_their_own() {
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open(romeo);
    chats.open(nurse);
    chats.open(romeo);
    QCOMPARE(frames().size(), 1);
    QCOMPARE(frames().first()->views().size(), 2);
    QCOMPARE(frames().first()->current()->jid(), romeo);
    use_separate_windows(scene);
    QCOMPARE(frames().size(), 2);
    QVERIFY(view_of(romeo) && view_of(nurse));
  }

  void says_which_chat_is_in_front() {
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open(romeo);
    chats.open(nurse);
    QTRY_VERIFY(chats.is_shown_active(nurse));
    QVERIFY(!chats.is_shown_active(romeo));
    chats.close_all();
    QVERIFY(!chats.is_shown_active(nurse));
  }

  // U14
  void keys_go_from_chat_to_chat_and_close_one_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("held");
    QTest::newRow("Ctrl+Tab") << int(Qt::Key_Tab) << int(Qt::ControlModifier);
    QTest::newRow("Ctrl+PgDown") << int(Qt::Key_PageDown) << int(Qt::ControlModifier);
    QTest::newRow("Alt+Down") << int(Qt::Key_Down) << int(Qt::AltModifier);
  }
  void keys_go_from_chat_to_chat_and_close_one() {
    QFETCH(int, key);
    QFETCH(int, held);
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open(romeo);
    chats.open(nurse);
    ChatFrame* frame = frames().first();
    QTRY_VERIFY(frame->isActiveWindow());
    QTest::keyClick(&frame->current()->composer().edit(), Qt::Key(key), Qt::KeyboardModifiers(held));
    QCOMPARE(frame->current()->jid(), romeo);
    QTest::keyClick(&frame->current()->composer().edit(), Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(frame->current()->jid(), nurse);
    QCOMPARE(frame->views().size(), 1);
  }

  // U15
  void esc_closes_the_chat_when_nothing_is_left_to_cancel() {
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open(romeo);
    ChatFrame* frame = frames().first();
    QTRY_VERIFY(frame->isActiveWindow());
    frame->current()->list().set_choosing(true);
    QTest::keyClick(&frame->current()->list(), Qt::Key_Escape);
    QVERIFY(frame->isVisible());
    QTest::keyClick(&frame->current()->composer().edit(), Qt::Key_Escape);
    QVERIFY(!frame->isVisible());
  }

  void the_size_of_the_window_is_remembered() {
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open(romeo);
    frames().first()->resize(641, 555);
    chats.close_all();
    chats.open(romeo);
    QCOMPARE(frames().first()->size(), QSize(641, 555));
  }

  void text_that_comes_back_stands_behind_what_is_typed() {
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open_with_text(romeo, QStringLiteral("on my way"));
    QCOMPARE(view_of(romeo)->composer().text(), QStringLiteral("on my way"));
    chats.open(nurse);
    QTest::keyClicks(&view_of(nurse)->composer().edit(), "half a sentence");
    chats.open_with_text(nurse, QStringLiteral("on my way"));
    QCOMPARE(view_of(nurse)->composer().text(), QStringLiteral("half a sentence\non my way"));
    QCOMPARE(scene.account.history().conversation(nurse)->draft, view_of(nurse)->composer().text());
  }

  // U24
  void a_change_of_language_keeps_chats_and_drafts() {
    set_language(QStringLiteral("en"));
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open(romeo);
    chats.open(nurse);
    QTest::keyClicks(&view_of(romeo)->composer().edit(), "half a sentence");
    const ChatView* view = view_of(romeo);
    view_of(romeo)->search_bar().open();
    set_language(QStringLiteral("zh_CN"));
    QTRY_COMPARE(view_of(romeo)->composer().edit().accessibleName(), QStringLiteral("消息"));
    QCOMPARE(view_of(romeo)->composer().text(), QStringLiteral("half a sentence"));
    QCOMPARE(view_of(romeo), view);
    QVERIFY(!view_of(romeo)->search_bar().isHidden());
    view_of(romeo)->composer().edit().undo();
    QVERIFY(view_of(romeo)->composer().text().isEmpty());
    view_of(romeo)->composer().edit().redo();
    QVERIFY(view_of(nurse));
    set_language(QStringLiteral("en"));
    QTRY_COMPARE(view_of(romeo)->composer().edit().accessibleName(), QStringLiteral("Message"));
  }

  void tabs_become_windows_with_all_that_was_typed() {
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open(romeo);
    chats.open(nurse);
    QTest::keyClicks(&view_of(romeo)->composer().edit(), "half a sentence");
    const ChatView* view = view_of(romeo);
    use_separate_windows(scene);
    QCOMPARE(frames().size(), 2);
    QCOMPARE(view_of(romeo), view);
    view_of(romeo)->composer().edit().undo();
    QVERIFY(view_of(romeo)->composer().text().isEmpty());
  }

  // U21
  void a_shake_brings_the_chat_to_the_front_and_returns_the_window() {
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open(romeo);
    chats.open(nurse);
    ChatFrame* frame = frames().first();
    const QPoint place = frame->pos();
    QSignalSpy sound(&chats, &ChatWindows::sound_wanted);
    emit scene.account.fake_messenger.shaken(romeo);
    QCOMPARE(frame->current()->jid(), romeo);
    QTRY_VERIFY(frame->pos() != place);
    QTRY_COMPARE(frame->pos(), place);
    QCOMPARE(sound.count(), 0);  // that is for who hears of messages, so that it is not heard twice
  }

  void who_is_busy_or_muted_the_chat_is_not_shaken() {
    ChatScene scene;
    ChatWindows chats(scene.account);
    scene.account.set_status(Status::busy);
    emit scene.account.fake_messenger.shaken(romeo);
    scene.account.set_status(Status::online);
    scene.account.fake_history.set_muted(nurse, true);
    emit scene.account.fake_messenger.shaken(nurse);
    QVERIFY(frames().isEmpty());
    emit scene.account.fake_messenger.shaken(romeo);
    QCOMPARE(frames().size(), 1);
  }

  void a_hit_of_the_history_opens_in_its_chat() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 700);
    ChatWindows chats(scene.account);
    const qint64 first = scene.account.fake_history.first_of_day(romeo, QDate(2000, 1, 1)).value();
    chats.open_at(romeo, first);
    QCOMPARE(view_of(romeo)->list().current_message(), first);
  }

  void unread_counts_stand_on_the_tabs() {
    ChatScene scene;
    ChatWindows chats(scene.account);
    chats.open(nurse);
    chats.open(romeo);
    QTRY_VERIFY(frames().first()->isActiveWindow());
    scene.account.fake_messenger.receive(nurse, QStringLiteral("hello"));
    auto* tabs = frames().first()->findChild<QTabBar*>();
    QTRY_COMPARE(tabs->tabText(0), QStringLiteral("Angelica (1)"));
    QSignalSpy seen(&chats, &ChatWindows::unread_seen);
    chats.open(nurse);
    QTRY_COMPARE(tabs->tabText(0), QStringLiteral("Angelica"));
    QCOMPARE(seen.value(0).value(0).toString(), nurse);
  }
};

QTEST_MAIN(ChatWindowsTest)
#include "chat_windows_test.moc"
