#include "client/widgets/main/main_window.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "client/core/settings.h"
#include "client/widgets/main/contact_view.h"
#include "client/widgets/theme.h"
#include "tests/client/widgets/main/sample_people.h"

using namespace queqiao::client;

class MainWindowTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    set_look(false, 100);
    account_ = test::account_with_people();
    chats_ = std::make_unique<RecentChats>(*account_);
    window_ = std::make_unique<MainWindow>(*account_, *chats_);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
  }

  void cleanup() { window_.reset(), chats_.reset(), account_.reset(); }

  void typingAnywhereSearchesAndEnterOpensTheChat() {
    QSignalSpy wanted(window_.get(), &MainWindow::chat_wanted);
    window_->show_tab(MainWindow::Tab::friends);
    contacts()->setFocus();
    QTest::keyClicks(contacts(), "z");
    QTest::keyClicks(search_box(), "hang");
    QTest::keyClick(search_box(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("10112@example.org"));
    QVERIFY(search_box()->text().isEmpty());
  }

  void arrowsChooseAmongResultsWhileTheBoxKeepsTheFocus() {
    QSignalSpy wanted(window_.get(), &MainWindow::chat_wanted);
    search_box()->setFocus();
    QTest::keyClicks(search_box(), "l");
    QTest::keyClick(search_box(), Qt::Key_Down);
    QTest::keyClick(search_box(), Qt::Key_Return);
    QVERIFY(wanted.size() == 1 && wanted[0][0].toString() != QStringLiteral("10140@example.org"));
  }

  void escapeEndsTheSearchBeforeItClosesTheWindow() {
    search_box()->setFocus();
    QTest::keyClicks(search_box(), "l");
    QTest::keyClick(search_box(), Qt::Key_Escape);
    QVERIFY(search_box()->text().isEmpty());
    QVERIFY(window_->isVisible());
  }

  void closingHidesOnlyWithATray() {
    QSignalSpy quit(window_.get(), &MainWindow::quit_wanted);
    window_->close();
    QCOMPARE(quit.size(), 1);
    QVERIFY(window_->isVisible());
    window_->set_has_tray(true);
    window_->close();
    QCOMPARE(quit.size(), 1);
    QVERIFY(!window_->isVisible());
  }

  void foldedGroupsAreRemembered() {
    auto* view = contacts();
    const QModelIndex family = view->model()->index(1, 0);
    QVERIFY(view->isExpanded(family));
    view->collapse(family);
    QCOMPARE(account_->settings().value(setting::folded_groups).toStringList(), QStringList{QStringLiteral("家人")});
    account_->fake_roster.add_group("New");  // starts the model anew
    QVERIFY(!view->isExpanded(view->model()->index(1, 0)));
    QVERIFY(view->isExpanded(view->model()->index(2, 0)));
  }

  void enterOpensAndFoldsByKeyboard() {
    QSignalSpy wanted(window_.get(), &MainWindow::chat_wanted);
    window_->show_tab(MainWindow::Tab::friends);
    auto* view = contacts();
    view->setCurrentIndex(view->model()->index(1, 0));
    QTest::keyClick(view, Qt::Key_Return);
    QVERIFY(!view->isExpanded(view->model()->index(1, 0)));
    QTest::keyClick(view, Qt::Key_Return);
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
  }

  void theSignatureIsSavedWithEnter() {
    auto* signature = window_->findChild<QLineEdit*>("signature");
    signature->setFocus();
    signature->setText("new words");
    QTest::keyClick(signature, Qt::Key_Return);
    QCOMPARE(account_->signature(), QStringLiteral("new words"));
  }

  void escapeGivesTheOldSignatureBack() {
    auto* signature = window_->findChild<QLineEdit*>("signature");
    const QString before = account_->signature();
    signature->setFocus();
    signature->setText("not this");
    QTest::keyClick(signature, Qt::Key_Escape);
    QCOMPARE(account_->signature(), before);
    QCOMPARE(signature->text(), before);
  }

  void acceptingARequestAsksForRemarkAndGroup() {
    QSignalSpy wanted(window_.get(), &MainWindow::accept_wanted);
    window_->show_tab(MainWindow::Tab::notices);
    for (auto* button : window_->findChildren<QPushButton*>()) {
      if (button->isVisible() && button->accessibleName().startsWith("Accept")) button->click();
    }
    QCOMPARE(wanted.size(), 1);
  }

 private:
  ContactView* contacts() { return window_->findChild<ContactView*>(); }
  QLineEdit* search_box() { return window_->findChild<QLineEdit*>("search_box"); }

  std::unique_ptr<test::FakeAccount> account_;
  std::unique_ptr<RecentChats> chats_;
  std::unique_ptr<MainWindow> window_;
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
