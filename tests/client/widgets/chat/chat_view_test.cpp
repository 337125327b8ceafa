#include "client/widgets/chat/chat_view.h"

#include <QDialog>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "client/widgets/chat/chat_search_bar.h"
#include "client/widgets/chat/choosing_bar.h"
#include "client/widgets/chat/composer.h"
#include "client/widgets/chat/drop_overlay.h"
#include "client/widgets/chat/dropped_files.h"
#include "client/widgets/chat/message_actions.h"
#include "client/widgets/chat/message_edit.h"
#include "client/widgets/chat/message_list.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

// Folders of so many files each, dragged.
struct DropOfFolders {
  DropOfFolders(const QTemporaryDir& place, const QList<QPair<QString, int>>& folders) {
    QList<QUrl> urls;
    for (const auto& [name, files] : folders) {
      QDir(place.path()).mkpath(name);
      for (int i = 0; i < files; ++i) {
        QFile file(place.filePath(name + u'/' + QString::number(i)));
        if (file.open(QIODevice::WriteOnly)) file.write("x");
      }
      urls << QUrl::fromLocalFile(place.filePath(name));
    }
    dragged.setUrls(urls);
  }
  QMimeData dragged;
};

struct ShownChat {
  explicit ShownChat(ChatScene& chat_scene) : scene(chat_scene), view(scene.account, romeo) {
    view.resize(560, 640);
    view.show();
    view.activateWindow();
    (void)QTest::qWaitForWindowActive(&view);
    view.come_to_front();
    QCoreApplication::processEvents();
  }
  MessageEdit& edit() { return view.composer().edit(); }
  FakeMessenger& messenger() { return scene.account.fake_messenger; }
  void type_and_send(const char* text) {
    QTest::keyClicks(&edit(), QString::fromUtf8(text));
    QTest::keyClick(&edit(), Qt::Key_Return);
  }
  QStringList menu_texts(qint64 message) {
    QMenu menu;
    view.findChild<MessageActions*>()->fill_menu(menu, message);
    QStringList texts;
    for (const QAction* action : menu.actions()) texts << action->text();
    return texts;
  }
  void drop(QMimeData& dragged) {
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &dragged, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&view, &enter);
    QVERIFY(view.findChild<DropOverlay*>()->isVisible());
    QDropEvent dropped(QPointF(50, 50), Qt::CopyAction, &dragged, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&view, &dropped);
    QVERIFY(!view.findChild<DropOverlay*>()->isVisible());
  }

  ChatScene& scene;
  ChatView view;
};

}  // namespace

class ChatViewTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

  void what_is_typed_is_sent_and_shown_at_the_end() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 100);
    ShownChat shown(scene);
    shown.view.list().verticalScrollBar()->setValue(300);
    shown.type_and_send("hello");
    QCOMPARE(shown.messenger().sent_texts, QStringList{QStringLiteral("hello")});
    QTRY_VERIFY(shown.view.list().is_at_end());
  }

  // U4
  void a_draft_survives_closing_and_is_gone_when_it_was_sent() {
    ChatScene scene;
    {
      ShownChat shown(scene);
      QTest::keyClicks(&shown.edit(), "not yet");
    }
    QCOMPARE(scene.account.fake_history.conversation(romeo)->draft, QStringLiteral("not yet"));
    ShownChat shown(scene);
    QCOMPARE(shown.view.composer().text(), QStringLiteral("not yet"));
    QTest::keyClick(&shown.edit(), Qt::Key_Return);
    QCOMPARE(scene.account.fake_history.conversation(romeo)->draft, QString());
  }

  void a_draft_is_stored_while_typing() {
    ChatScene scene;
    ShownChat shown(scene);
    QTest::keyClicks(&shown.edit(), "half");
    QTRY_VERIFY(scene.account.fake_history.conversation(romeo));
    QTRY_COMPARE(scene.account.fake_history.conversation(romeo)->draft, QStringLiteral("half"));
  }

  void a_draft_from_elsewhere_never_replaces_what_is_typed() {
    ChatScene scene;
    ShownChat shown(scene);
    QTest::keyClicks(&shown.edit(), "mine");
    scene.account.fake_history.set_draft(romeo, QStringLiteral("theirs"));
    QCoreApplication::processEvents();
    QCOMPARE(shown.view.composer().text(), QStringLiteral("mine"));
  }

  // U6
  void up_edits_the_last_own_message_and_esc_gives_the_draft_back() {
    ChatScene scene;
    scene.account.fake_history.add(scene.own(romeo, QStringLiteral("tpyo")), true);
    scene.account.fake_history.add(scene.from(romeo, QStringLiteral("what?")), true);
    ShownChat shown(scene);
    QTest::keyClick(&shown.edit(), Qt::Key_Up);
    QCOMPARE(shown.view.composer().text(), QStringLiteral("tpyo"));
    QVERIFY(shown.view.cancel_innermost());
    QCOMPARE(shown.view.composer().text(), QString());
    QTest::keyClick(&shown.edit(), Qt::Key_Up);
    shown.view.composer().set_text(QStringLiteral("typo"));
    QTest::keyClick(&shown.edit(), Qt::Key_Return);
    QCOMPARE(shown.messenger().edited.size(), 1);
    QVERIFY(shown.messenger().sent_texts.isEmpty());
    QCOMPARE(scene.account.fake_history.find(shown.messenger().edited.first())->text, QStringLiteral("typo"));
  }

  void an_edit_under_way_is_not_the_draft() {
    ChatScene scene;
    const qint64 id = scene.account.fake_history.add(scene.own(romeo, QStringLiteral("old words")), true);
    {
      ShownChat shown(scene);
      QTest::keyClicks(&shown.edit(), "draft");
      emit shown.view.findChild<MessageActions*>()->edit_wanted(id);
      QCOMPARE(shown.view.composer().text(), QStringLiteral("old words"));
    }
    QCOMPARE(scene.account.fake_history.conversation(romeo)->draft, QStringLiteral("draft"));
  }

  void typing_on_the_list_goes_to_the_input() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 3);
    ShownChat shown(scene);
    shown.view.list().setFocus();
    QTest::keyClick(&shown.view.list(), Qt::Key_H);
    QTRY_VERIFY(shown.edit().hasFocus());
    QCOMPARE(shown.view.composer().text(), QStringLiteral("h"));
  }

  // U5
  void dropped_files_are_sent_at_once_and_a_folder_when_asked() {
    ChatScene scene;
    ShownChat shown(scene);
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(QStringLiteral("inside/deeper"));
    for (const char* name : {"a.txt", "inside/10.txt", "inside/9.txt", "inside/deeper/c.txt"}) {
      QFile file(folder.filePath(QLatin1String(name)));
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write("x");
    }
    QMimeData dragged;
    dragged.setUrls({QUrl::fromLocalFile(folder.filePath(QStringLiteral("a.txt"))),
                     QUrl::fromLocalFile(folder.filePath(QStringLiteral("inside")))});
    shown.drop(dragged);
    QCOMPARE(shown.messenger().sent_files, QStringList{folder.filePath(QStringLiteral("a.txt"))});
    auto* question = shown.view.findChild<QDialog*>();
    QVERIFY(question && question->isVisible());
    question->accept();
    QTRY_COMPARE(shown.messenger().sent_texts, QStringList{QStringLiteral("📁 inside: 3 files, 3 bytes")});
    const auto names = [&shown] {
      QStringList all;
      for (const QString& path : shown.messenger().sent_files) all << QFileInfo(path).fileName();
      return all;
    };
    QTRY_COMPARE(names(), QStringList({"a.txt", "9.txt", "10.txt", "c.txt"}));
    QTRY_COMPARE(shown.view.list().model()->rowCount(), 5);
  }

  void a_pasted_folder_is_asked_about_as_a_dropped_one() {
    ChatScene scene;
    ShownChat shown(scene);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QMimeData copied;
    copied.setUrls({QUrl::fromLocalFile(folder.path())});
    shown.view.composer().take(copied);
    auto* question = shown.view.findChild<QDialog*>();
    QVERIFY(question);
    question->accept();
    QTRY_COMPARE(shown.messenger().sent_files, QStringList{file.fileName()});
  }

  // Each file is looked into and stored: all in one turn of the event loop would stop the windows.
  void a_folders_files_go_one_at_a_turn_each_below_its_folders_line() {
    ChatScene scene;
    ShownChat shown(scene);
    QTemporaryDir folder;
    DropOfFolders drop(folder, {{"one", 3}, {"two", 2}});
    shown.drop(drop.dragged);
    shown.view.findChild<QDialog*>()->accept();
    QVERIFY(shown.messenger().sent_files.isEmpty());
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QVERIFY(shown.messenger().sent_files.size() <= 2);
    QTRY_COMPARE(shown.messenger().sent_files.size(), 5);
    QString order;
    for (const Message& message : scene.account.history().newest(romeo, 10)) order += message.file ? 'f' : 'T';
    QCOMPARE(order, QStringLiteral("TfffTff"));
  }

  void a_chat_that_closes_sends_what_waits() {
    ChatScene scene;
    auto shown = std::make_unique<ShownChat>(scene);
    QTemporaryDir folder;
    DropOfFolders drop(folder, {{"one", 3}});
    shown->drop(drop.dragged);
    shown->view.findChild<QDialog*>()->accept();
    shown.reset();
    QCOMPARE(scene.account.fake_messenger.sent_files.size(), 3);
  }

  void a_folder_that_is_not_wanted_after_all_stays_here() {
    ChatScene scene;
    ShownChat shown(scene);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QMimeData dragged;
    dragged.setUrls({QUrl::fromLocalFile(folder.path())});
    shown.drop(dragged);
    shown.view.findChild<QDialog*>()->reject();
    QVERIFY(shown.messenger().sent_files.isEmpty() && shown.messenger().sent_texts.isEmpty());
  }

  void a_drop_of_too_many_files_sends_none() {
    ChatScene scene;
    ShownChat shown(scene);
    QTemporaryDir folder;
    for (int i = 0; i <= DroppedFiles::most_files; ++i) {
      QFile file(folder.filePath(QString::number(i)));
      QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QMimeData dragged;
    dragged.setUrls({QUrl::fromLocalFile(folder.path())});
    shown.drop(dragged);
    QVERIFY(!shown.view.findChild<QDialog*>());
    QVERIFY(shown.messenger().sent_files.isEmpty());
  }

  void dropped_text_goes_into_the_input() {
    ChatScene scene;
    ShownChat shown(scene);
    QMimeData dragged;
    dragged.setText(QStringLiteral("some words"));
    shown.drop(dragged);
    QCOMPARE(shown.view.composer().text(), QStringLiteral("some words"));
    QVERIFY(shown.messenger().sent_texts.isEmpty());
  }

  void a_file_that_the_server_does_not_take_is_refused_with_the_limit() {
    ChatScene scene;
    scene.account.fake_transfers.largest = 10;
    ShownChat shown(scene);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("big.bin")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(100, 'x'));
    file.close();
    QMimeData dragged;
    dragged.setUrls({QUrl::fromLocalFile(file.fileName())});
    shown.drop(dragged);
    QVERIFY(shown.messenger().sent_files.isEmpty());
  }

  // U8
  void the_menu_of_an_own_message_offers_recall_and_edit_others_do_not() {
    ChatScene scene;
    const qint64 own = scene.account.fake_history.add(scene.own(romeo, QStringLiteral("a")), true);
    const qint64 theirs = scene.account.fake_history.add(scene.from(romeo, QStringLiteral("b")), true);
    const qint64 unsent =
        scene.account.fake_history.add(scene.own(romeo, QStringLiteral("c"), 0, Delivery::failed), true);
    ShownChat shown(scene);
    for (const char* text : {"Copy", "Quote", "Forward…", "Edit", "Recall", "Delete here", "Choose several"}) {
      QVERIFY2(shown.menu_texts(own).contains(QString::fromUtf8(text)), text);
    }
    QVERIFY(!shown.menu_texts(theirs).contains(QStringLiteral("Recall")));
    QVERIFY(!shown.menu_texts(theirs).contains(QStringLiteral("Edit")));
    QVERIFY(shown.menu_texts(unsent).contains(QStringLiteral("Send again")));
    QVERIFY(!shown.menu_texts(unsent).contains(QStringLiteral("Recall")));
  }

  void own_recalled_words_come_back_into_the_input() {
    ChatScene scene;
    Message message = scene.own(romeo, QStringLiteral("oops"));
    message.kind = MessageKind::recalled;
    const qint64 id = scene.account.fake_history.add(message, true);
    ShownChat shown(scene);
    emit shown.view.list().edit_again_wanted(id);
    QCOMPARE(shown.view.composer().text(), QStringLiteral("oops"));
    QTest::keyClick(&shown.edit(), Qt::Key_Return);
    QCOMPARE(shown.messenger().sent_texts, QStringList{QStringLiteral("oops")});
  }

  void a_quote_goes_out_with_the_next_message_only() {
    ChatScene scene;
    const qint64 id = scene.account.fake_history.add(scene.from(romeo, QStringLiteral("question")), true);
    ShownChat shown(scene);
    emit shown.view.list().quote_wanted(id);
    shown.type_and_send("answer");
    shown.type_and_send("more");
    QCOMPARE(shown.messenger().quoted_ids, (QList<qint64>{id, 0}));
  }

  void a_click_on_a_quote_shows_what_it_quotes() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 400, QDateTime::currentDateTime().addDays(-1));
    const Message old = scene.account.fake_history.newest(romeo, 400).first();
    Message answer = scene.from(romeo, QStringLiteral("that one"));
    answer.quote = Quote{old.wire_id, old.sender, old.text};
    const qint64 id = scene.account.fake_history.add(answer, true);
    ShownChat shown(scene);
    emit shown.view.list().quoted_wanted(id);
    QCOMPARE(shown.view.list().current_message(), old.id);
  }

  void a_reaction_is_added_and_taken_back() {
    ChatScene scene;
    const qint64 id = scene.account.fake_history.add(scene.from(romeo, QStringLiteral("news")), true);
    ShownChat shown(scene);
    auto* actions = shown.view.findChild<MessageActions*>();
    actions->toggle_reaction(id, QStringLiteral("👍"));
    QCOMPARE(scene.account.fake_history.find(id)->reactions.value(0).people, QStringList{scene.account.jid()});
    actions->toggle_reaction(id, QStringLiteral("👍"));
    QVERIFY(scene.account.fake_history.find(id)->reactions.value(0).people.isEmpty());
  }

  // U10
  void what_is_at_the_end_of_the_active_window_is_read() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 100);
    scene.account.fake_history.set_unread(romeo, 2);
    ShownChat shown(scene);
    QTRY_VERIFY(shown.messenger().read_chats.contains(romeo));
    shown.view.list().go_to_newest();
    shown.messenger().read_chats.clear();
    QSignalSpy seen(&shown.view, &ChatView::unread_seen);
    shown.messenger().receive(romeo, QStringLiteral("one"));
    QTRY_COMPARE(shown.messenger().read_chats.size(), 1);
    QCOMPARE(seen.count(), 1);
    shown.view.list().verticalScrollBar()->setValue(400);
    QCoreApplication::processEvents();
    shown.messenger().receive(romeo, QStringLiteral("two"));
    QTRY_VERIFY(shown.view.list().findChild<QPushButton*>(QStringLiteral("to_newest"))->text().contains(u'1'));
    QCOMPARE(shown.messenger().read_chats.size(), 1);
    shown.view.list().go_to_newest();
    QTRY_COMPARE(shown.messenger().read_chats.size(), 2);
  }

  // U11
  void older_messages_come_from_the_server_when_this_machine_has_no_more() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 60);
    scene.account.fake_messenger.older_on_server = 70;
    ShownChat shown(scene);
    QTRY_VERIFY(
        (shown.view.list().verticalScrollBar()->setValue(0), scene.account.fake_messenger.older_wanted.size() == 2));
    QTRY_VERIFY((shown.view.list().verticalScrollBar()->setValue(0), shown.view.list().model()->rowCount() == 130));
  }

  void a_page_that_failed_is_not_asked_for_in_a_circle() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 5);
    scene.account.fake_messenger.older_fails = true;
    ShownChat shown(scene);
    QTRY_COMPARE(scene.account.fake_messenger.older_wanted.size(), 1);
    for (int i = 0; i < 20; ++i) QCoreApplication::processEvents();
    QCOMPARE(scene.account.fake_messenger.older_wanted.size(), 1);
    scene.account.set_state(ConnectionState::waiting);
    scene.account.set_state(ConnectionState::online);
    QTRY_COMPARE(scene.account.fake_messenger.older_wanted.size(), 2);
  }

  // U12
  void search_goes_from_hit_to_hit_and_esc_ends_it() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 500);
    ShownChat shown(scene);
    shown.view.search_bar().open();
    auto* words = shown.view.search_bar().findChild<QLineEdit*>();
    words->setText(QStringLiteral("message 17"));  // 17 and 170 to 179
    QTest::keyClick(words, Qt::Key_Return);
    const auto current = [&] { return scene.account.fake_history.find(shown.view.list().current_message())->text; };
    QCOMPARE(current(), QStringLiteral("message 179"));
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(current(), QStringLiteral("message 178"));
    QTest::keyClick(words, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(current(), QStringLiteral("message 179"));
    QVERIFY(shown.view.cancel_innermost());
    QVERIFY(!shown.view.search_bar().isVisible());
  }

  // U15
  void esc_cancels_the_innermost_thing_first() {
    ChatScene scene;
    const qint64 id = scene.account.fake_history.add(scene.from(romeo, QStringLiteral("a")), true);
    ShownChat shown(scene);
    emit shown.view.list().quote_wanted(id);
    shown.view.search_bar().open();
    QVERIFY(shown.view.cancel_innermost());
    QVERIFY(!shown.view.search_bar().isVisible());
    QVERIFY(shown.view.cancel_innermost());
    shown.type_and_send("no quote");
    QCOMPARE(shown.messenger().quoted_ids, QList<qint64>{0});
    QVERIFY(!shown.view.cancel_innermost());
  }

  void choosing_several_replaces_the_input_by_what_can_be_done() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 3);
    ShownChat shown(scene);
    shown.view.list().set_choosing(true);
    QVERIFY(shown.view.findChild<ChoosingBar*>()->isVisible());
    QVERIFY(!shown.view.composer().isVisible());
    QVERIFY(shown.view.cancel_innermost());
    QVERIFY(shown.view.composer().isVisible());
  }

  void typing_is_told_and_ends_when_the_text_is_gone() {
    ChatScene scene;
    ShownChat shown(scene);
    QTRY_VERIFY(shown.edit().hasFocus());
    shown.messenger().own_typing.clear();
    QTest::keyClicks(&shown.edit(), "a");
    QCOMPARE(shown.messenger().own_typing.last(), romeo + QStringLiteral(" on"));
    QTest::keyClick(&shown.edit(), Qt::Key_Backspace);
    QCOMPARE(shown.messenger().own_typing.last(), romeo + QStringLiteral(" off"));
  }

  // U21
  void a_shake_that_is_too_early_is_not_sent() {
    ChatScene scene;
    scene.account.fake_messenger.shake_wait = std::chrono::seconds(4);
    ShownChat shown(scene);
    QSignalSpy sent(&shown.view, &ChatView::shake_sent);
    emit shown.view.composer().shake_wanted();
    QCOMPARE(sent.count(), 0);
    scene.account.fake_messenger.shake_wait = std::chrono::seconds(0);
    emit shown.view.composer().shake_wanted();
    QCOMPARE(sent.count(), 1);
    QTRY_COMPARE(shown.view.list().model()->rowCount(), 1);
  }

  void a_blocked_person_cannot_be_written_to() {
    ChatScene scene;
    ShownChat shown(scene);
    scene.account.fake_roster.set_blocked(romeo, true, {});
    QVERIFY(!shown.edit().isEnabled());
    scene.account.fake_roster.set_blocked(romeo, false, {});
    QVERIFY(shown.edit().isEnabled());
  }

  // U18
  void nothing_of_the_input_is_squeezed_by_what_goes_along() {
    ChatScene scene;
    set_look(false, 200);
    const qint64 id = scene.account.fake_history.add(scene.from(romeo, QStringLiteral("a")), true);
    ShownChat shown(scene);
    emit shown.view.list().quote_wanted(id);
    shown.view.composer().add_picture(QImage(40, 40, QImage::Format_RGB32));
    const auto is_whole = [&] {
      return shown.view.composer().height() >= shown.view.composer().minimumSizeHint().height();
    };
    QTRY_VERIFY(is_whole());
    QVERIFY(shown.edit().height() >= 2 * shown.edit().fontMetrics().lineSpacing());
  }

  // U23
  void every_button_and_list_has_an_accessible_name() {
    ChatScene scene;
    ShownChat shown(scene);
    shown.view.search_bar().open();
    for (const auto* button : shown.view.findChildren<QAbstractButton*>()) {
      QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty() ||
                   button->objectName().startsWith(QLatin1String("qt_")) || !button->isVisible(),
               button->metaObject()->className());
    }
    QVERIFY(!shown.view.list().accessibleName().isEmpty());
    QVERIFY(!shown.edit().accessibleName().isEmpty());
  }
};

QTEST_MAIN(ChatViewTest)
#include "chat_view_test.moc"
