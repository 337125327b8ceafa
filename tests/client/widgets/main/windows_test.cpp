// What holds for every window and dialog of the program.
#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QRadioButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

#include "client/widgets/language.h"
#include "client/widgets/theme.h"
#include "tests/client/widgets/keyboard_and_readers.h"
#include "tests/client/widgets/main/sample_people.h"
#include "tests/client/widgets/main/window_list.h"

using namespace queqiao::client;

namespace {

QString described(const QWidget* widget) {
  return QString::fromLatin1(widget->metaObject()->className()) + " '" + widget->accessibleName() + "' in " +
         (widget->parentWidget() ? widget->parentWidget()->metaObject()->className() : "nothing");
}

QString shown_text(const QWidget* widget) {
  if (const auto* label = qobject_cast<const QLabel*>(widget)) return label->text();
  if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) return button->text();
  return {};
}

// Everything that a reader of `widget` meets.
QStringList texts_of(const QWidget* widget) {
  QStringList texts{shown_text(widget), widget->toolTip(), widget->accessibleName()};
  if (const auto* line = qobject_cast<const QLineEdit*>(widget)) texts << line->placeholderText();
  if (const auto* box = qobject_cast<const QComboBox*>(widget)) {
    for (int row = 0; row < box->count(); ++row) texts << box->itemText(row);
  }
  if (widget->isWindow()) texts << widget->windowTitle();
  return texts;
}

// What is the same in every language: people, addresses, names of things, keys.
bool is_name_of_something(const QString& text) {
  static const QRegularExpression neutral(
      R"(@|://|^example\.org$|192\.0\.2\.7|[0-9A-F]{2}:[0-9A-F]{2}|^Queqiao|^English$|^Enter$|^Ctrl\+Enter$|^/|^Noah$|Daniel|Wrong password|Connecting|Connection refused|Not connected|request is on its way|^10\d+$|QQ|Qt \d)");
  return neutral.match(text).hasMatch();
}

}  // namespace

class WindowsTest : public QObject {
  Q_OBJECT

 private slots:
  // Qt would take it for HTML, and read the file that it names.
  void what_strangers_call_themselves_is_text_on_every_label() {
    QLabel label(QStringLiteral("<img src='file:///dev/zero'>"));
    label.show();
    QCOMPARE(label.textFormat(), Qt::PlainText);
  }

  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

  void init() {
    account_ = test::account_with_people();
    chats_ = std::make_unique<RecentChats>(*account_);
    set_look(false, 100);
    set_language("en");
  }

  void cleanup() {
    close_window();
    chats_.reset();
    account_.reset();
  }

  void everyButtonWithoutTextHasAName_data() { all_windows(); }
  void everyButtonWithoutTextHasAName() {
    for (const auto* button : open_window()->findChildren<QAbstractButton*>()) {
      if (QByteArray(button->metaObject()->className()).startsWith("QLineEdit")) continue;  // their action's text
      const bool has_name = !button->text().isEmpty() || !button->accessibleName().isEmpty();
      QVERIFY2(has_name || !button->isVisible(), qPrintable(described(button)));
    }
  }

  void everyControlAndRowHasANameForScreenReaders_data() { all_windows(); }
  void everyControlAndRowHasANameForScreenReaders() {
    QCOMPARE(test::nameless_controls(*open_window()), QString());
  }

  void everyWindowClosesOnEscape_data() { all_windows(); }
  void everyWindowClosesOnEscape() {
    auto* window = open_window();
    const bool is_main =
        window->inherits("queqiao::client::MainWindow") || window->inherits("queqiao::client::LoginWindow");
    if (is_main || !(window->windowType() & Qt::Window) || window->windowType() == Qt::ToolTip) return;
    QPointer<QWidget> closing(window);
    test::closes_on_escape(*window);
    QVERIFY(!closing || !closing->isVisible());
  }

  void everyFieldHasAName_data() { all_windows(); }
  void everyFieldHasAName() {
    auto* window = open_window();
    QSet<const QWidget*> buddies;
    for (const auto* label : window->findChildren<QLabel*>()) buddies << label->buddy();
    for (const auto* field : window->findChildren<QWidget*>()) {
      const bool is_field = qobject_cast<const QLineEdit*>(field) || qobject_cast<const QComboBox*>(field);
      const bool is_part =
          qobject_cast<const QComboBox*>(field->parentWidget()) || field->objectName().startsWith("qt_");
      if (!is_field || is_part || !field->isVisible()) continue;
      QVERIFY2(!field->accessibleName().isEmpty() || buddies.contains(field), qPrintable(described(field)));
    }
  }

  void aSwitchOfTheLanguageLeavesNoEnglishText_data() { all_windows(); }
  void aSwitchOfTheLanguageLeavesNoEnglishText() {
    auto* window = open_window();
    const bool is_dialog = qobject_cast<QDialog*>(window) != nullptr;
    if (is_dialog) {  // they are modal: the language cannot change while one is open
      close_window();
      set_language("zh_CN");
      window = open_window();
    } else {
      set_language("zh_CN");
    }
    QApplication::processEvents();  // the change is posted to windows
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    expect_chinese(window);
  }

  void nothingIsClipped_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<int>("text_size");
    QTest::addColumn<int>("sample");
    for (const QString& language : languages()) {
      for (const int text_size : {100, 150, 200}) {
        for (size_t i = 0; i < test::window_samples().size(); ++i) {
          const QString row = QString("%1 %2 %3").arg(test::window_samples()[i].name, language).arg(text_size);
          QTest::addRow("%s", qPrintable(row)) << language << text_size << int(i);
        }
      }
    }
  }
  void nothingIsClipped() {
    QFETCH(QString, language);
    QFETCH(int, text_size);
    set_look(false, text_size);
    set_language(language);
    auto* window = open_window();
    for (const auto* widget : window->findChildren<QWidget*>()) {
      const bool is_judged = qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLabel*>(widget);
      // The button inside a field shows its picture only.
      if (QByteArray(widget->metaObject()->className()) == "QLineEditIconButton") continue;
      if (!is_judged || !widget->isVisible() || shown_text(widget).isEmpty()) continue;
      const auto* label = qobject_cast<const QLabel*>(widget);
      const bool wraps = label && label->wordWrap();
      const QSize wanted = wraps ? QSize(0, label->heightForWidth(label->width())) : widget->minimumSizeHint();
      const bool fits = wanted.width() <= widget->width() + 1 && wanted.height() <= widget->height() + 1;
      const QString size = QString(" needs %1x%2, has %3x%4: ")
                               .arg(wanted.width())
                               .arg(wanted.height())
                               .arg(widget->width())
                               .arg(widget->height());
      QVERIFY2(fits, qPrintable(described(widget) + size + shown_text(widget) + " in a window of " +
                                QString::number(window->width()) + "x" + QString::number(window->height())));
    }
  }

  void tabReachesEveryButtonAndField_data() { all_windows(); }
  void tabReachesEveryButtonAndField() {
    auto* window = open_window();
    QSet<const QWidget*> reached;
    const QWidget* at = window;
    for (int steps = 0; steps < 500; ++steps) {
      at = at->nextInFocusChain();
      if (at == window) break;
      reached << at;
    }
    for (const auto* widget : window->findChildren<QAbstractButton*>()) {
      if (!widget->isVisible() || !widget->isEnabled()) continue;
      if (QByteArray(widget->metaObject()->className()).startsWith("QLineEdit")) continue;
      const bool is_part = widget->objectName().startsWith("qt_") || qobject_cast<const QRadioButton*>(widget);
      QVERIFY2(reached.contains(widget), qPrintable(described(widget)));
      QVERIFY2(is_part || (widget->focusPolicy() & Qt::TabFocus), qPrintable(described(widget)));
    }
  }

 private:
  static void all_windows() {
    QTest::addColumn<int>("sample");
    for (size_t i = 0; i < test::window_samples().size(); ++i) {
      QTest::addRow("%s", qPrintable(test::window_samples()[i].name)) << int(i);
    }
  }

  QWidget* open_window() {
    const int sample = *static_cast<int*>(QTest::qData("sample", qMetaTypeId<int>()));
    test::Stage stage{*account_, *chats_, remembered_};
    window_ = test::window_samples()[size_t(sample)].make(stage);
    window_->show();
    QApplication::processEvents();
    return window_;
  }

  void close_window() {
    QWidget* top = window_.data();
    while (top && top->parentWidget()) top = top->parentWidget();
    delete top;
    QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }

  static void expect_chinese(const QWidget* window) {
    static const QRegularExpression english("[A-Za-z]{3,}");
    QList<const QWidget*> widgets{window};
    for (const auto* widget : window->findChildren<QWidget*>()) widgets << widget;
    for (const auto* widget : widgets) {
      if (widget->objectName().startsWith("qt_") || qobject_cast<const QLineEdit*>(widget->parentWidget())) continue;
      for (const QString& text : texts_of(widget)) {
        static const QRegularExpression chinese("\\p{Han}");
        const bool is_english = english.match(text).hasMatch() && !chinese.match(text).hasMatch();
        QVERIFY2(!is_english || is_name_of_something(text), qPrintable(described(widget) + ": " + text));
      }
    }
  }

  std::unique_ptr<test::FakeAccount> account_;
  std::unique_ptr<RecentChats> chats_;
  RememberedAccounts remembered_;
  QPointer<QWidget> window_;
};

QTEST_MAIN(WindowsTest)
#include "windows_test.moc"
