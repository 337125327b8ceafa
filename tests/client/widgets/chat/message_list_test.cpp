#include "client/widgets/chat/message_list.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "client/models/message_window.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

// A list of a chat on the screen.
struct ShownList {
  explicit ShownList(ChatScene& chat_scene)
      : scene(chat_scene),
        people(scene.account),
        window(scene.account.fake_history, [this](const Message& m) { return people.name(m.sender); }),
        list(window, people, scene.account.fake_transfers, pictures) {
    list.resize(520, 480);
    list.show();
    list.open(romeo);
    QCoreApplication::processEvents();
  }

  QPoint middle_of(const QRectF& place, int row) const {
    return list.visualRect(window.index(row)).topLeft() + place.center().toPoint();
  }
  const BubbleLayout& layout(int row) const {
    return static_cast<BubbleDelegate*>(list.itemDelegate())->layout(window.index(row));
  }
  int bottom_of(qint64 id) const { return list.visualRect(window.index(window.row_of(id))).bottom(); }
  qint64 message_in_the_middle() const {
    for (int y = list.viewport()->height() / 2; y > 0; --y) {
      const QModelIndex row = list.indexAt({list.viewport()->width() / 2, y});
      if (row.isValid()) return window.message(row.row()).id;
    }
    return 0;
  }

  ChatScene& scene;
  People people;
  PictureCache pictures;
  MessageWindow window;
  MessageList list;
};

}  // namespace

class MessageListTest : public QObject {
  Q_OBJECT

 private slots:
  void opens_at_the_end() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 80);
    ShownList shown(scene);
    QVERIFY(shown.list.is_at_end());
  }

  void the_card_of_an_invitation_accepts_and_declines_until_it_has_its_answer() {
    ChatScene scene;
    Message invitation = scene.from(romeo, QStringLiteral("Gomoku: shall we play?"));
    invitation.kind = MessageKind::game;
    const qint64 id = scene.account.fake_history.add(invitation);
    ShownList shown(scene);
    bool is_open = true;
    shown.list.set_invitations([&](const Message& message) { return is_open && message.id == id; });
    QSignalSpy answered(&shown.list, &MessageList::invitation_answered);
    QSignalSpy opened(&shown.list, &MessageList::game_wanted);
    QTest::mouseClick(shown.list.viewport(), Qt::LeftButton, {}, shown.middle_of(shown.layout(0).accept, 0));
    QTest::mouseClick(shown.list.viewport(), Qt::LeftButton, {}, shown.middle_of(shown.layout(0).decline, 0));
    QCOMPARE(answered.size(), 2);
    QCOMPARE(answered.at(0), QVariantList({id, true}));
    QCOMPARE(answered.at(1), QVariantList({id, false}));
    is_open = false;
    QTest::mouseClick(shown.list.viewport(), Qt::LeftButton, {}, shown.middle_of(shown.layout(0).game, 0));
    QCOMPARE(answered.size(), 2);
    QCOMPARE(opened.size(), 1);
  }

  // U10
  void opens_at_the_first_unread_when_there_is_one() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 300);
    scene.account.fake_history.set_unread(romeo, 60);
    ShownList shown(scene);
    const QRect divided = shown.list.visualRect(shown.window.index(shown.window.row_of(*shown.window.divider())));
    QVERIFY(divided.top() >= 0 && divided.top() < shown.list.viewport()->height() / 2);
    auto* button = shown.list.findChild<QPushButton*>(QStringLiteral("to_newest"));
    QVERIFY(button->isVisible());
    QVERIFY(button->text().contains(QStringLiteral("60")));
    button->click();
    QVERIFY(shown.list.is_at_end());
    QVERIFY(!button->isVisible());
  }

  // U11
  void the_anchor_moves_by_no_pixel_when_older_pages_load() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 1000);
    ShownList shown(scene);
    for (int page = 0; page < 12; ++page) {
      shown.list.verticalScrollBar()->setValue(120);
      const qint64 anchor = shown.message_in_the_middle();
      const int before = shown.bottom_of(anchor);
      const int rows = shown.window.rowCount();
      const qint64 first = shown.window.message(0).id;
      QTRY_VERIFY(shown.window.message(0).id != first);
      QVERIFY(shown.window.rowCount() > rows || shown.window.rowCount() == MessageWindow::most_rows);
      QCOMPARE(shown.bottom_of(anchor), before);
    }
  }

  void the_anchor_moves_by_no_pixel_when_newer_pages_load() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 1000);
    ShownList shown(scene);
    QVERIFY(shown.list.show_message(shown.scene.account.fake_history.first_of_day(romeo, QDate(2000, 1, 1)).value()));
    QCoreApplication::processEvents();
    for (int page = 0; page < 10; ++page) {
      QScrollBar* bar = shown.list.verticalScrollBar();
      bar->setValue(bar->maximum() - 120);
      const qint64 anchor = shown.message_in_the_middle();
      const int before = shown.bottom_of(anchor);
      const qint64 last = shown.window.message(shown.window.rowCount() - 1).id;
      QTRY_VERIFY(shown.window.message(shown.window.rowCount() - 1).id != last);
      QCOMPARE(shown.bottom_of(anchor), before);
    }
  }

  void nothing_moves_when_messages_arrive_and_change_while_scrolled_up() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 100);
    ShownList shown(scene);
    shown.list.verticalScrollBar()->setValue(shown.list.verticalScrollBar()->maximum() - 900);
    QCoreApplication::processEvents();
    const qint64 anchor = shown.message_in_the_middle();
    const int before = shown.bottom_of(anchor);
    for (int i = 0; i < 3; ++i) scene.account.fake_messenger.receive(romeo, QStringLiteral("new"));
    QTRY_COMPARE(shown.window.unseen(), 3);
    QCOMPARE(shown.bottom_of(anchor), before);
    Message edited = shown.window.message(shown.window.row_of(anchor) - 12);
    edited.text = QString(600, u'x');
    scene.account.fake_history.change(edited);
    QCOMPARE(shown.bottom_of(anchor), before);
    scene.account.fake_history.remove({edited.id});
    QCOMPARE(shown.bottom_of(anchor), before);
  }

  void stays_at_the_end_when_it_was_there() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 60);
    ShownList shown(scene);
    scene.account.fake_messenger.receive(romeo, QString(900, u'y'));
    QTRY_COMPARE(shown.window.rowCount(), 51);
    QVERIFY(shown.list.is_at_end());
    shown.list.resize(320, 300);
    QVERIFY(shown.list.is_at_end());
  }

  void a_late_picture_does_not_move_the_end() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 60);
    Message picture = scene.from(romeo, {});
    picture.kind = MessageKind::file;
    picture.file = FileInfo{};
    picture.file->picture_size = {800, 600};
    picture.id = scene.account.fake_history.add(picture, true);
    ShownList shown(scene);
    QVERIFY(shown.list.is_at_end());
    const int before = shown.bottom_of(picture.id);
    picture.file->local_path = make_picture(QDir::tempPath() + QStringLiteral("/late.png"), {800, 600});
    scene.account.fake_history.change(picture);
    QSignalSpy loaded(&shown.pictures, &PictureCache::loaded);
    shown.list.viewport()->repaint();
    QTRY_COMPARE(loaded.count(), 1);
    QVERIFY(shown.list.is_at_end());
    QCOMPARE(shown.bottom_of(picture.id), before);
  }

  // U9
  void double_click_beside_a_bubble_quotes_and_on_text_selects_a_word() {
    ChatScene scene;
    const qint64 id = scene.account.fake_history.add(scene.from(romeo, QStringLiteral("hello")), true);
    ShownList shown(scene);
    QSignalSpy quoted(&shown.list, &MessageList::quote_wanted);
    const QPoint beside(shown.list.viewport()->width() - 60, shown.middle_of(shown.layout(0).bubble, 0).y());
    QTest::mouseDClick(shown.list.viewport(), Qt::LeftButton, {}, beside);
    QCOMPARE(quoted.count(), 1);
    QCOMPARE(quoted.first().first().toLongLong(), id);
    QTest::mouseDClick(shown.list.viewport(), Qt::LeftButton, {}, shown.middle_of(shown.layout(0).bubble, 0));
    QCOMPARE(quoted.count(), 1);
    QCOMPARE(shown.list.selected_text(), QStringLiteral("hello"));
  }

  void dragging_selects_text_and_no_link_opens() {
    ChatScene scene;
    scene.account.fake_history.add(scene.from(romeo, QStringLiteral("https://example.org/path")), true);
    ShownList shown(scene);
    QSignalSpy opened(&shown.list, &MessageList::link_activated);
    const QRectF bubble = shown.layout(0).bubble;
    const QPoint corner = shown.list.visualRect(shown.window.index(0)).topLeft();
    const QPoint from = corner + QPoint(int(bubble.left()) + 13, int(bubble.center().y()));
    const QPoint to = corner + QPoint(int(bubble.right()) - 13, int(bubble.center().y()));
    QTest::mousePress(shown.list.viewport(), Qt::LeftButton, {}, from);
    QMouseEvent drag(QEvent::MouseMove, to, shown.list.viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(shown.list.viewport(), &drag);
    QTest::mouseRelease(shown.list.viewport(), Qt::LeftButton, {}, to);
    QCOMPARE(shown.list.selected_text(), QStringLiteral("https://example.org/path"));
    QCOMPARE(opened.count(), 0);
    QTest::mouseClick(shown.list.viewport(), Qt::LeftButton, {}, (from + to) / 2);
    QCOMPARE(opened.count(), 1);
  }

  // U8, U13
  void what_can_be_done_with_a_message_is_clickable() {
    ChatScene scene;
    Message recalled = scene.own(romeo, QStringLiteral("words"));
    recalled.kind = MessageKind::recalled;
    const qint64 first = scene.account.fake_history.add(recalled, true);
    const qint64 second =
        scene.account.fake_history.add(scene.own(romeo, QStringLiteral("lost"), 0, Delivery::failed), true);
    ShownList shown(scene);
    QSignalSpy again(&shown.list, &MessageList::edit_again_wanted), resend(&shown.list, &MessageList::resend_wanted);
    QTest::mouseClick(shown.list.viewport(), Qt::LeftButton, {}, shown.middle_of(shown.layout(0).edit_again, 0));
    QTest::mouseClick(shown.list.viewport(), Qt::LeftButton, {}, shown.middle_of(shown.layout(1).failure, 1));
    QCOMPARE(again.value(0).value(0).toLongLong(), first);
    QCOMPARE(resend.value(0).value(0).toLongLong(), second);
  }

  void other_peoples_recalled_words_are_not_offered() {
    ChatScene scene;
    Message recalled = scene.from(romeo, {});
    recalled.kind = MessageKind::recalled;
    scene.account.fake_history.add(recalled, true);
    ShownList shown(scene);
    QVERIFY(!shown.layout(0).edit_again.isValid());
    QVERIFY(shown.layout(0).notice.isValid());
  }

  // U6
  void a_character_typed_on_the_list_belongs_to_the_input() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 3);
    ShownList shown(scene);
    QSignalSpy typed(&shown.list, &MessageList::typed);
    QTest::keyClick(&shown.list, Qt::Key_A);
    QCOMPARE(typed.count(), 1);
    QTest::keyClick(&shown.list, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&shown.list, Qt::Key_Up);
    QCOMPARE(typed.count(), 1);
  }

  // U23
  void the_keyboard_walks_through_messages_and_opens_them() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 5);
    const qint64 last =
        scene.account.fake_history.add(scene.from(romeo, QStringLiteral("see https://example.org")), true);
    ShownList shown(scene);
    shown.list.setCurrentIndex(shown.window.index(4));
    QTest::keyClick(&shown.list, Qt::Key_Down);
    QCOMPARE(shown.list.current_message(), last);
    QSignalSpy opened(&shown.list, &MessageList::link_activated);
    QTest::keyClick(&shown.list, Qt::Key_Return);
    QCOMPARE(opened.value(0).value(0).toString(), QStringLiteral("https://example.org"));
  }

  void several_messages_are_chosen_in_the_order_of_time() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 4);
    ShownList shown(scene);
    const qint64 first = shown.window.message(0).id, third = shown.window.message(2).id;
    shown.list.set_choosing(true, third);
    QTest::mouseClick(shown.list.viewport(), Qt::LeftButton, {}, shown.middle_of(shown.layout(0).bubble, 0));
    QCOMPARE(shown.list.chosen(), (QList<qint64>{first, third}));
    QTest::mouseClick(shown.list.viewport(), Qt::LeftButton, {}, shown.middle_of(shown.layout(0).bubble, 0));
    QCOMPARE(shown.list.chosen(), QList<qint64>{third});
  }

  void ten_thousand_messages_at_once_leave_the_event_loop_alive() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 100);
    ShownList shown(scene);
    int turns = 0;
    QTimer heart;
    connect(&heart, &QTimer::timeout, this, [&turns] { ++turns; });
    heart.start(0);
    QElapsedTimer clock, turn;
    qint64 longest = 0;
    clock.start();
    for (int slice = 0; slice < 100; ++slice) {
      turn.start();
      for (int i = 0; i < 100; ++i)
        scene.account.fake_messenger.receive(romeo, QStringLiteral("😀 message %1").arg(slice * 100 + i));
      QCoreApplication::processEvents();
      longest = std::max(longest, turn.elapsed());
    }
    QTRY_COMPARE(shown.window.message(shown.window.rowCount() - 1).text, QStringLiteral("😀 message 9999"));
    QVERIFY(shown.list.is_at_end());
    QVERIFY(shown.window.rowCount() <= MessageWindow::most_rows);
    QVERIFY(turns >= 100);
    qInfo("10,000 messages in 100 slices: %lld ms, the longest slice %lld ms", clock.elapsed(), longest);
  }

  void a_chat_of_a_hundred_thousand_messages_opens() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 100'000);
    QElapsedTimer clock;
    clock.start();
    ShownList shown(scene);
    shown.list.viewport()->repaint();
    qInfo("a chat of 100,000 messages (in memory) opened in %lld ms", clock.elapsed());
    QCOMPARE(shown.window.message(shown.window.rowCount() - 1).text, QStringLiteral("message 99999"));
    QVERIFY(shown.window.rowCount() <= MessageWindow::most_rows);
  }
};

QTEST_MAIN(MessageListTest)
#include "message_list_test.moc"
