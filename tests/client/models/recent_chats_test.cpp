#include "client/models/recent_chats.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include "tests/client/fakes/fake_account.h"

using namespace queqiao::client;
using test::FakeAccount;

class RecentChatsTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    account_ = std::make_unique<FakeAccount>();
    receive("a@x", "first", 30);
    receive("b@x", "second", 20);
    chats_ = std::make_unique<RecentChats>(*account_);
    tester_ = std::make_unique<QAbstractItemModelTester>(chats_.get());
  }

  void cleanup() { tester_.reset(), chats_.reset(), account_.reset(); }

  void theNewestIsFirst() { QCOMPARE(order(), QStringList({"b@x", "a@x"})); }

  void aChatWithANewMessageGoesUp() {
    receive("a@x", "third", 10);
    QCOMPARE(order(), QStringList({"a@x", "b@x"}));
    QCOMPARE(chats_->find("a@x").data(preview_role).toString(), QStringLiteral("third"));
  }

  void pinnedChatsStayAbove() {
    account_->history().set_pinned("a@x", true);
    receive("b@x", "newer", 5);
    QCOMPARE(order(), QStringList({"a@x", "b@x"}));
  }

  void aRemovedChatIsGone() {
    account_->history().remove_conversation("b@x");
    QCOMPARE(order(), QStringList({"a@x"}));
  }

  void mutedChatsDoNotCountAsUnread() {
    QSignalSpy changed(chats_.get(), &RecentChats::unread_changed);
    const int before = chats_->unread();
    account_->history().set_muted("b@x", true);
    QCOMPARE(chats_->unread(), before - 1);
    QVERIFY(!changed.isEmpty());
  }

  void theNewestUnreadIsTheOneToOpen() {
    QCOMPARE(chats_->newest_unread(), QStringLiteral("b@x"));
    account_->messenger().mark_read("b@x");
    QCOMPARE(chats_->newest_unread(), QStringLiteral("a@x"));
    account_->messenger().mark_read("a@x");
    QVERIFY(chats_->newest_unread().isEmpty());
  }

  void whoeverIsTypingIsShownSo() {
    account_->fake_messenger.typing_people << "a@x";
    emit account_->messenger().typing_changed("a@x", true);
    QVERIFY(chats_->find("a@x").data(is_typing_role).toBool());
    QVERIFY(chats_->find("a@x").data(preview_role).toString() != QStringLiteral("first"));
  }

 private:
  void receive(const QString& jid, const QString& text, int minutes_ago) {
    Message message;
    message.chat = message.sender = jid;
    message.text = text;
    message.time = now_.addSecs(-60LL * minutes_ago);
    account_->fake_history.add(message);
  }

  QStringList order() const {
    QStringList jids;
    for (int row = 0; row < chats_->rowCount(); ++row) jids << chats_->index(row).data(jid_role).toString();
    return jids;
  }

  QDateTime now_ = QDateTime::currentDateTime();
  std::unique_ptr<FakeAccount> account_;
  std::unique_ptr<RecentChats> chats_;
  std::unique_ptr<QAbstractItemModelTester> tester_;
};

QTEST_GUILESS_MAIN(RecentChatsTest)
#include "recent_chats_test.moc"
