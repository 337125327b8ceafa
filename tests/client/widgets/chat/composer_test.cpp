#include "client/widgets/chat/composer.h"

#include <QImage>
#include <QListWidget>
#include <QMimeData>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QToolButton>
#include <QUrl>

#include "client/widgets/chat/attachment_strip.h"
#include "client/widgets/chat/context_bar.h"
#include "client/widgets/chat/emoji_panel.h"
#include "client/widgets/chat/message_edit.h"
#include "client/widgets/chat/spelling.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

struct ShownComposer {
  ShownComposer() : composer(settings), sent(&composer, &Composer::submitted) {
    set_look(false, 100);
    composer.resize(500, 240);
    composer.show();
    composer.activateWindow();
    composer.focus_input();
    QCoreApplication::processEvents();
  }
  QString last_text() const { return sent.isEmpty() ? QString() : sent.last()[0].toString(); }
  QStringList last_files() const { return sent.isEmpty() ? QStringList() : sent.last()[1].toStringList(); }

  FakeSettings settings;
  Composer composer;
  QSignalSpy sent;
};

void compose(QWidget& edit, const QString& preedit, const QString& commit) {
  QInputMethodEvent event(preedit, {});
  event.setCommitString(commit);
  QCoreApplication::sendEvent(&edit, &event);
}

QImage small_picture() {
  QImage picture(20, 10, QImage::Format_RGB32);
  picture.fill(Qt::red);
  return picture;
}

}  // namespace

class ComposerTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

  // U1
  void enter_sends_and_shift_enter_breaks_the_line() {
    ShownComposer shown;
    QTest::keyClicks(&shown.composer.edit(), "one");
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(&shown.composer.edit(), "two");
    QCOMPARE(shown.sent.count(), 0);
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return);
    QCOMPARE(shown.last_text(), QStringLiteral("one\ntwo"));
    QVERIFY(shown.composer.text().isEmpty());
  }

  void the_setting_makes_ctrl_enter_send_at_once() {
    ShownComposer shown;
    shown.settings.set_value(QLatin1String(setting::send_key), int(SendKey::ctrl_enter));
    QTest::keyClicks(&shown.composer.edit(), "one");
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return);
    QCOMPARE(shown.sent.count(), 0);
    QCOMPARE(shown.composer.text(), QStringLiteral("one\n"));
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Enter, Qt::ControlModifier | Qt::KeypadModifier);
    QCOMPARE(shown.last_text(), QStringLiteral("one"));
  }

  void alt_s_sends_whatever_the_setting() {
    for (const SendKey key : {SendKey::enter, SendKey::ctrl_enter}) {
      ShownComposer shown;
      shown.settings.set_value(QLatin1String(setting::send_key), int(key));
      QTest::keyClicks(&shown.composer.edit(), "one");
      QTest::keyClick(&shown.composer.edit(), Qt::Key_S, Qt::AltModifier);
      QCOMPARE(shown.last_text(), QStringLiteral("one"));
    }
  }

  void a_caption_goes_out_by_the_same_key_as_text() {
    ShownComposer shown;
    shown.settings.set_value(QLatin1String(setting::send_key), int(SendKey::ctrl_enter));
    shown.composer.add_picture(small_picture());
    QTest::keyClicks(&shown.composer.edit(), "look");
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return);
    QCOMPARE(shown.sent.count(), 0);
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shown.sent.count(), 1);
    QCOMPARE(shown.last_text(), QStringLiteral("look"));
    QCOMPARE(QImage(shown.last_files().value(0)).size(), QSize(20, 10));
  }

  void nothing_is_sent_when_there_is_nothing() {
    ShownComposer shown;
    QTest::keyClicks(&shown.composer.edit(), "   ");
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return);
    QCOMPARE(shown.sent.count(), 0);
  }

  // U2
  void enter_never_sends_while_an_input_method_composes() {
    ShownComposer shown;
    QTest::keyClicks(&shown.composer.edit(), "a");
    compose(shown.composer.edit(), QStringLiteral("ni hao"), {});
    QVERIFY(shown.composer.edit().is_composing());
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return);
    QCOMPARE(shown.sent.count(), 0);
    compose(shown.composer.edit(), {}, QStringLiteral("你好"));
    QVERIFY(!shown.composer.edit().is_composing());
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return);
    QCOMPARE(shown.last_text(), QStringLiteral("a你好"));
  }

  // U3
  void undo_and_redo_work_in_the_input() {
    ShownComposer shown;
    QTest::keyClicks(&shown.composer.edit(), "abc");
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(shown.composer.text() != QStringLiteral("abc"));
    shown.composer.edit().redo();
    QCOMPARE(shown.composer.text(), QStringLiteral("abc"));
  }

  void text_and_picture_together_paste_as_text() {
    ShownComposer shown;
    QMimeData cells;
    cells.setText(QStringLiteral("1\t2"));
    cells.setImageData(small_picture());
    shown.composer.take(cells);
    QCOMPARE(shown.composer.text(), QStringLiteral("1\t2"));
    QVERIFY(shown.composer.attachments().is_empty());
  }

  void a_picture_alone_is_shown_before_it_goes_out() {
    ShownComposer shown;
    QMimeData picture;
    picture.setImageData(small_picture());
    shown.composer.take(picture);
    QVERIFY(shown.composer.attachments().isVisible());
    QCOMPARE(shown.sent.count(), 0);
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return);
    QTRY_COMPARE(shown.sent.count(), 1);
    QCOMPARE(shown.last_files().size(), 1);
    QVERIFY(shown.composer.attachments().is_empty());
  }

  void files_of_a_file_manager_go_out_as_files_not_as_their_names() {
    ShownComposer shown;
    QTemporaryDir folder;
    const QString path = make_picture(folder.filePath(QStringLiteral("a.png")), {30, 30});
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(path)});
    files.setText(path);
    shown.composer.take(files);
    QVERIFY(shown.composer.text().isEmpty());
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return);
    QCOMPARE(shown.last_files(), QStringList{path});
  }

  void an_address_copied_from_a_browser_is_text() {
    ShownComposer shown;
    QMimeData link;
    link.setUrls({QUrl(QStringLiteral("https://example.org/"))});
    link.setText(QStringLiteral("https://example.org/"));
    shown.composer.take(link);
    QCOMPARE(shown.composer.text(), QStringLiteral("https://example.org/"));
  }

  void rich_text_pastes_as_plain_text() {
    ShownComposer shown;
    QMimeData page;
    page.setHtml(QStringLiteral("<b>bold</b>"));
    page.setText(QStringLiteral("bold"));
    shown.composer.take(page);
    QCOMPARE(shown.composer.edit().toHtml().contains(QStringLiteral("font-weight:700")), false);
    QCOMPARE(shown.composer.text(), QStringLiteral("bold"));
  }

  void a_paste_over_the_limit_is_offered_as_a_file() {
    ShownComposer shown;
    QMimeData book;
    const QString text(16 * 1024 * 1024, u'x');
    book.setText(text);
    shown.composer.take(book);
    QVERIFY(shown.composer.text().isEmpty());
    ContextBar* offer = nullptr;
    for (auto* bar : shown.composer.findChildren<ContextBar*>()) offer = bar->isVisible() ? bar : offer;
    QVERIFY(offer);
    emit offer->accepted();
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Return);
    QCOMPARE(shown.last_files().size(), 1);
    QCOMPARE(QFileInfo(shown.last_files().first()).size(), qint64(text.size()));
  }

  void an_attachment_can_be_taken_away_again() {
    ShownComposer shown;
    shown.composer.add_picture(small_picture());
    auto* away = shown.composer.attachments().findChild<QToolButton*>();
    QVERIFY(away && !away->accessibleName().isEmpty());
    away->click();
    QVERIFY(shown.composer.attachments().is_empty());
    QVERIFY(!shown.composer.attachments().isVisible());
  }

  // U6
  void up_asks_for_the_last_message_only_in_an_empty_input() {
    ShownComposer shown;
    QSignalSpy wanted(&shown.composer, &Composer::edit_last_wanted);
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Up);
    QCOMPARE(wanted.count(), 1);
    QTest::keyClicks(&shown.composer.edit(), "a");
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Up);
    QCOMPARE(wanted.count(), 1);
  }

  // U7
  void the_emoji_panel_closes_on_a_choice_and_stays_with_shift() {
    ShownComposer shown;
    shown.composer.open_emoji();
    auto* panel = shown.composer.findChild<EmojiPanel*>();
    auto* grid = panel->findChild<QListWidget*>();
    QTRY_VERIFY(panel->isVisible() && grid->count() > 1);
    const auto click = [&](Qt::KeyboardModifiers held) {
      const QRect place = grid->visualItemRect(grid->item(0));
      QTest::mouseClick(grid->viewport(), Qt::LeftButton, held, place.center());
    };
    click(Qt::ShiftModifier);
    QVERIFY(panel->isVisible());
    click(Qt::NoModifier);
    QVERIFY(!panel->isVisible());
    QCOMPARE(shown.composer.text(), grid->item(0)->text() + grid->item(0)->text());
    QCOMPARE(EmojiPanel::recent(shown.settings), QStringList{grid->item(0)->text()});
  }

  // U25
  void spelling_is_checked_for_latin_words_only_and_only_when_it_is_wanted() {
    ShownComposer shown;
    QTRY_VERIFY(shown.composer.edit().hasFocus());
    const auto marked = [&] {
      QStringList words;
      const QTextBlock block = shown.composer.edit().document()->firstBlock();
      for (const auto& range : block.layout()->formats()) words << block.text().mid(range.start, range.length);
      return words;
    };
    shown.composer.set_text(QStringLiteral("一个 wrnog word 错误 https://wrnog.example x86 don't"));
    QVERIFY(marked().isEmpty());
    shown.settings.set_value(QLatin1String(setting::spell_check), true);
    QTRY_COMPARE(marked(), QStringList{QStringLiteral("wrnog")});
    shown.settings.set_value(QLatin1String(setting::spell_check), false);
    QTRY_VERIFY(marked().isEmpty());
  }

  void suggestions_replace_a_word() {
    const auto dictionary = Dictionary::open();
    QVERIFY(dictionary);
    QVERIFY(dictionary->knows(QStringLiteral("word")));
    QVERIFY(dictionary->suggestions(QStringLiteral("wrnog")).contains(QStringLiteral("wrong")));
    QVERIFY(!Dictionary::open(QStringLiteral("/nowhere")));
  }

  // U23
  void tab_leaves_the_input() {
    ShownComposer shown;
    QTRY_VERIFY(shown.composer.edit().hasFocus());
    QTest::keyClick(&shown.composer.edit(), Qt::Key_Tab);
    QVERIFY(!shown.composer.edit().hasFocus());
    QVERIFY(!shown.composer.text().contains(u'\t'));
  }
};

QTEST_MAIN(ComposerTest)
#include "composer_test.moc"
