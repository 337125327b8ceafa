#include "client/models/contact_search.h"

#include <QTest>

#include "tests/client/fakes/fake_account.h"

using namespace queqiao::client;
using test::FakeAccount;

class ContactSearchTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    account_ = std::make_unique<FakeAccount>();
    put("10001@x", "", QStringLiteral("张伟"), Status::offline);
    put("10002@x", QStringLiteral("二舅"), QStringLiteral("赵文"), Status::online);
    put("zwart@x", "", "Willem", Status::online);
    search_ = std::make_unique<ContactSearch>(account_->roster(), account_->profiles());
  }

  void findsByPinyinInitials() { QCOMPARE(found("zw"), QStringList({"zwart@x", "10002@x", "10001@x"})); }
  void findsByRemark() { QCOMPARE(found(QStringLiteral("二舅")), QStringList({"10002@x"})); }
  void findsByTheNicknameBehindARemark() { QCOMPARE(found(QStringLiteral("赵文")), QStringList({"10002@x"})); }
  void findsByNumber() { QCOMPARE(found("10001"), QStringList({"10001@x"})); }
  void findsNobodyForNothing() { QCOMPARE(found("  "), QStringList()); }
  void theServersNameAloneFindsNobody() { QCOMPARE(found("x"), QStringList()); }

  void followsTheRoster() {
    found(QStringLiteral("张"));
    account_->fake_roster.remove("10001@x", {});
    QCOMPARE(search_->rowCount(), 0);
  }

 private:
  void put(const QString& jid, const QString& remark, const QString& nickname, Status status) {
    Contact it;
    it.jid = jid, it.remark = remark, it.nickname = nickname, it.status = status;
    account_->fake_roster.put(it);
  }

  QStringList found(const QString& text) {
    search_->set_text(text);
    QStringList jids;
    for (int row = 0; row < search_->rowCount(); ++row) jids << search_->index(row).data(jid_role).toString();
    return jids;
  }

  std::unique_ptr<FakeAccount> account_;
  std::unique_ptr<ContactSearch> search_;
};

QTEST_GUILESS_MAIN(ContactSearchTest)
#include "contact_search_test.moc"
