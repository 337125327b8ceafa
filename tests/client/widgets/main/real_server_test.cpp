// The windows over real accounts on a real server: two people meet, and one writes to the other.
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "client/core/messenger.h"
#include "client/core/roster.h"
#include "client/widgets/language.h"
#include "client/widgets/main/add_friend_dialog.h"
#include "client/widgets/main/attention.h"
#include "client/widgets/main/main_window.h"
#include "client/widgets/main/own_profile_window.h"
#include "client/widgets/main/tray_icon.h"
#include "client/widgets/theme.h"
#include "tests/client/core/server_process.h"

using namespace queqiao::client;
using test::patience;

class RealServerTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    set_look(false, 100);
    set_language("en");
    QVERIFY(server_.add_user("alice"));
    QVERIFY(server_.add_user("bob"));
    alice_ = std::make_unique<test::Person>("alice", server_.port());
    bob_ = std::make_unique<test::Person>("bob", server_.port());
    QVERIFY(alice_->log_in());
    QVERIFY(bob_->log_in());
  }

  void cleanupTestCase() { bob_.reset(), alice_.reset(); }

  void aRequestIsAcceptedInTheNoticesAndBothAreFriends() {
    RecentChats chats(*bob_->account);
    MainWindow window(*bob_->account, chats);
    window.show();
    auto* asking = new AddFriendDialog(*alice_->account, bob_->jid(), "Bob", nullptr);
    click(*asking, "Send request");
    QTRY_COMPARE_WITH_TIMEOUT(bob_->account->roster().requests().size(), 1, patience);
    QObject::connect(&window, &MainWindow::accept_wanted, &window, [&](const FriendRequest& request) {
      auto* answer = new AddFriendDialog(*bob_->account, request, &window);
      click(*answer, "Accept");
    });
    window.show_tab(MainWindow::Tab::notices);
    click(window, "Accept…");
    QTRY_VERIFY_WITH_TIMEOUT(is_online_friend(*alice_->account, bob_->jid()), patience);
    QTRY_VERIFY_WITH_TIMEOUT(is_online_friend(*bob_->account, alice_->jid()), patience);
    QVERIFY(bob_->account->roster().requests().isEmpty());
  }

  void aMessageFlashesAtTheOtherEndUntilItIsRead() {
    RecentChats chats(*bob_->account);
    Attention attention(*bob_->account, chats, [](const QString&) { return false; });
    TrayIcon tray(*bob_->account, attention);
    alice_->account->messenger().send_text(bob_->jid(), QStringLiteral("你好 Bob"));
    QTRY_COMPARE_WITH_TIMEOUT(attention.flashing_chat(), alice_->jid(), patience);
    QVERIFY(tray.is_flashing());
    QCOMPARE(chats.find(alice_->jid()).data(preview_role).toString(), QStringLiteral("你好 Bob"));
    bob_->account->messenger().mark_read(alice_->jid());
    QTRY_VERIFY_WITH_TIMEOUT(!tray.is_flashing(), patience);
  }

  void aSignatureIsSeenByTheFriend() {
    alice_->account->set_signature("over the bridge");
    const auto signature = [this] {
      const Contact* contact = bob_->account->roster().find(alice_->jid());
      return contact ? contact->signature : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(signature(), QStringLiteral("over the bridge"), patience);
  }

 private:
  static void click(QWidget& window, const QString& text) {
    for (auto* button : window.findChildren<QPushButton*>()) {
      if (button->text() == text) return button->click();
    }
    QFAIL(qPrintable("no button " + text));
  }

  static bool is_online_friend(Account& account, const QString& jid) {
    const Contact* contact = account.roster().find(jid);
    return contact && contact->is_friend && contact->status == Status::online;
  }

  test::ServerProcess server_;
  std::unique_ptr<test::Person> alice_, bob_;
};

QTEST_MAIN(RealServerTest)
#include "real_server_test.moc"
