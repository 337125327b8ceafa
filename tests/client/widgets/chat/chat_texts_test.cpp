#include <QSignalSpy>
#include <QTest>

#include "client/widgets/chat/bubble_layout.h"
#include "client/widgets/chat/emoji_catalogue.h"
#include "client/widgets/chat/emoji_panel.h"
#include "client/widgets/chat/history_hits.h"
#include "client/widgets/chat/message_text.h"
#include "client/widgets/chat/window_shake.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;
using namespace std::chrono_literals;

class ChatTextsTest : public QObject {
  Q_OBJECT

 private slots:
  void links_end_before_punctuation_and_chinese_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("address");
    QTest::newRow("full stop") << "see https://example.org/a."
                               << "https://example.org/a";
    QTest::newRow("brackets") << "(https://example.org/a)"
                              << "https://example.org/a";
    QTest::newRow("brackets inside") << "https://example.org/a_(b)"
                                     << "https://example.org/a_(b)";
    QTest::newRow("chinese after") << "看https://example.org/a吧"
                                   << "https://example.org/a";
    QTest::newRow("chinese stop") << "https://example.org/a。"
                                  << "https://example.org/a";
    QTest::newRow("www") << "go to www.example.org now"
                         << "https://www.example.org";
    QTest::newRow("query") << "http://example.org/?a=1&b=2#c"
                           << "http://example.org/?a=1&b=2#c";
    QTest::newRow("xmpp") << "xmpp:romeo@example.org"
                          << "xmpp:romeo@example.org";
    QTest::newRow("none") << "javascript:alert(1) file:///etc/passwd" << QString();
    QTest::newRow("scheme only") << "https:// nothing" << QString();
  }
  void links_end_before_punctuation_and_chinese() {
    QFETCH(QString, text);
    QFETCH(QString, address);
    const QList<TextLink> links = find_links(text);
    QCOMPARE(links.isEmpty() ? QString() : links.first().address, address);
  }

  void only_up_to_three_emoji_alone_are_big_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("is_big");
    QTest::newRow("one") << "😀" << true;
    QTest::newRow("three") << "😀 👍🏽 ❤️" << true;
    QTest::newRow("family") << "👨‍👩‍👧‍👦" << true;
    QTest::newRow("flag") << "🇨🇳" << true;
    QTest::newRow("four") << "😀😀😀😀" << false;
    QTest::newRow("with text") << "😀 hi" << false;
    QTest::newRow("digits") << "123" << false;
    QTest::newRow("empty") << "" << false;
  }
  void only_up_to_three_emoji_alone_are_big() {
    QFETCH(QString, text);
    QFETCH(bool, is_big);
    Message message;
    message.text = text;
    QCOMPARE(shown_text(message, QString()).is_big_emoji, is_big);
  }

  // XEP-0245 3
  void me_is_shown_as_the_sender() {
    Message message;
    message.text = QStringLiteral("/me waves");
    QCOMPARE(shown_text(message, QStringLiteral("Romeo")).text, QStringLiteral("* Romeo waves"));
    message.text = QStringLiteral("/meh");
    QVERIFY(!shown_text(message, QStringLiteral("Romeo")).is_action);
  }

  void every_word_of_a_search_is_marked_where_the_search_finds_it() {
    using Ranges = QList<FoundRange>;
    QCOMPARE(found_ranges("The bridge of magpies", "magp bridge"), Ranges({{4, 6}}));  // only the last may go on
    QCOMPARE(found_ranges("The bridge of magpies", "BRIDGE magp"), Ranges({{4, 6}, {14, 4}}));
    QCOMPARE(found_ranges("a cat, a catalogue", "a"), Ranges({{0, 1}, {7, 1}}));
    QCOMPARE(found_ranges("concatenate the cat", "cat"), Ranges({{16, 3}}));
    QCOMPARE(found_ranges(QStringLiteral("七夕在鹊桥相会"), QStringLiteral("鹊桥")), Ranges({{3, 2}}));
    QCOMPARE(found_ranges(QStringLiteral("用Qt写的客户端"), QStringLiteral("qt客户")), Ranges({{1, 2}, {5, 2}}));
    QVERIFY(found_ranges("anything", "!? (").isEmpty());
  }

  void an_excerpt_shows_what_was_searched() {
    const QString text = QString(500, u'a') + QStringLiteral(" needle ") + QString(500, u'b');
    QVERIFY(excerpt(text, QStringLiteral("needle")).contains(QStringLiteral("needle")));
    QVERIFY(excerpt(text, QStringLiteral("needle")).size() < 250);
  }

  void programs_are_not_offered_to_be_run_before_they_are_here() {
    Message message;
    message.kind = MessageKind::file;
    message.file = FileInfo{};
    QCOMPARE(file_actions(message, std::nullopt), QList<FileAction>{FileAction::download});
    Transfer transfer;
    transfer.state = TransferState::running;
    QCOMPARE(file_actions(message, transfer), QList({FileAction::pause, FileAction::cancel}));
    transfer.state = TransferState::paused;
    QCOMPARE(file_actions(message, transfer), QList({FileAction::resume, FileAction::cancel}));
    transfer.state = TransferState::failed;
    transfer.failure = QStringLiteral("The server refused it: too large.");
    QCOMPARE(file_actions(message, transfer), QList<FileAction>{FileAction::retry});
    QCOMPARE(file_state_text(message, transfer), transfer.failure);
  }

  void a_layout_depends_on_its_width_and_stays_inside() {
    set_look(false, 100);
    Message message;
    message.text = QString(400, u'汉');
    message.time = QDateTime::currentDateTime();
    for (const int width : {320, 500, 900, 1600}) {
      for (const bool is_own : {false, true}) {
        message.is_outgoing = is_own;
        BubbleFrame frame;
        frame.width = width;
        const BubbleLayout layout(message, frame, std::nullopt);
        QVERIFY(layout.bubble.left() >= 0 && layout.bubble.right() <= width);
        QVERIFY(layout.stamp.left() >= 0 && layout.stamp.right() <= width);
        QVERIFY(layout.bubble.bottom() <= layout.height());
      }
    }
  }

  void emoji_are_found_by_words_of_both_languages() {
    QVERIFY(find_emoji(QStringLiteral("笑")).contains(QStringLiteral("😀")));
    QVERIFY(find_emoji(QStringLiteral("smi")).contains(QStringLiteral("😀")));
    QVERIFY(find_emoji(QStringLiteral("zzzz")).isEmpty());
    for (const EmojiCategory& category : emoji_categories()) {
      for (const QString& emoji : category.emoji) QCOMPARE(count_emoji(emoji), 1);
    }
  }

  void the_emoji_panel_is_never_cut_off_by_the_screen() {
    const QRect screen(0, 0, 1280, 720);
    const QSize size(400, 340);
    for (const QPoint corner : {QPoint(0, 0), QPoint(1270, 0), QPoint(0, 710), QPoint(1270, 710), QPoint(600, 360)}) {
      QVERIFY(screen.contains(EmojiPanel::place(size, QRect(corner, QSize(30, 30)), screen)));
    }
  }

  void recent_emoji_come_first_and_are_remembered() {
    FakeSettings settings;
    EmojiPanel::remember(settings, QStringLiteral("😀"));
    EmojiPanel::remember(settings, QStringLiteral("🐶"));
    EmojiPanel::remember(settings, QStringLiteral("😀"));
    QCOMPARE(EmojiPanel::recent(settings), (QStringList{QStringLiteral("😀"), QStringLiteral("🐶")}));
  }

  void a_shaken_window_returns_to_its_exact_place() {
    QWidget window, contents(&window);
    window.resize(300, 200);
    window.move(123, 77);
    window.show();
    const QPoint place = window.pos();
    WindowShake shaker;
    QSignalSpy finished(&shaker, &WindowShake::finished);
    QVERIFY(shaker.shake(romeo, window, contents));
    QTRY_VERIFY(window.pos() != place);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(window.pos(), place);
  }

  void in_a_full_screen_window_the_contents_shake() {
    QWidget window, contents(&window);
    contents.move(5, 9);
    window.showMaximized();
    QCOMPARE(WindowShake::way_for(window), ShakeWay::contents);
    const QPoint place = window.pos();
    WindowShake shaker;
    QSignalSpy finished(&shaker, &WindowShake::finished);
    shaker.shake(romeo, window, contents);
    QTRY_VERIFY(contents.pos() != QPoint(5, 9));
    QCOMPARE(window.pos(), place);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(contents.pos(), QPoint(5, 9));
  }

  void nobody_shakes_twice_within_the_cool_down() {
    QWidget window, contents(&window);
    std::chrono::milliseconds now{0};
    WindowShake shaker(nullptr, [&now] { return now; });
    QVERIFY(shaker.shake(romeo, window, contents));
    now += WindowShake::cool_down - 1ms;
    QVERIFY(!shaker.shake(romeo, window, contents));
    QVERIFY(shaker.shake(nurse, window, contents));
    now += 1ms;
    QVERIFY(shaker.shake(romeo, window, contents));
  }
};

QTEST_MAIN(ChatTextsTest)
#include "chat_texts_test.moc"
