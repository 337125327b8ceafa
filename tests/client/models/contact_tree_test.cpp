#include "client/models/contact_tree.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

#include "tests/client/fakes/fake_account.h"

using namespace queqiao::client;
using test::FakeAccount;

namespace {

Contact contact(const QString& jid, const QString& nickname, const QStringList& groups, Status status) {
  Contact it;
  it.jid = jid;
  it.nickname = nickname;
  it.groups = groups;
  it.status = status;
  it.is_friend = true;
  return it;
}

}  // namespace

class ContactTreeTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    account_ = std::make_unique<FakeAccount>();
    account_->fake_roster.add_group("Family");
    account_->fake_roster.add_group("Work");
    account_->fake_roster.put(contact("mum@x", "Mum", {"Family"}, Status::offline));
    account_->fake_roster.put(contact("dad@x", "Dad", {"Family"}, Status::online));
    account_->fake_roster.put(contact("boss@x", "Boss", {"Work"}, Status::busy));
    tree_ = std::make_unique<ContactTree>(account_->roster(), account_->profiles());
    tester_ = std::make_unique<QAbstractItemModelTester>(tree_.get());
  }

  void cleanup() { tester_.reset(), tree_.reset(), account_.reset(); }

  void showsGroupsInTheUsersOrderAfterTheOneWithoutAName() {
    QCOMPARE(tree_->rowCount(), 3);
    QCOMPARE(group(1).data(group_name_role).toString(), QStringLiteral("Family"));
    QCOMPARE(group(2).data(group_name_role).toString(), QStringLiteral("Work"));
  }

  void countsWhoIsOnline() {
    QCOMPARE(group(1).data(online_count_role).toInt(), 1);
    QCOMPARE(group(1).data(total_count_role).toInt(), 2);
  }

  void putsPeopleWhoAreOfflineLast() { QCOMPARE(names(1), QStringList({"Dad", "Mum"})); }

  void movesTheRowOfWhoeverComesOnlineAndKeepsIndexes() {
    account_->fake_roster.put(contact("aunt@x", "Aunt", {"Family"}, Status::offline));
    const QPersistentModelIndex aunt = tree_->find("aunt@x");
    account_->fake_roster.put(contact("aunt@x", "Aunt", {"Family"}, Status::away));
    QCOMPARE(names(1), QStringList({"Aunt", "Dad", "Mum"}));
    QCOMPARE(aunt.row(), 0);
    QCOMPARE(group(1).data(online_count_role).toInt(), 2);
  }

  void aPersonIsInEveryGroupOfTheirs() {
    account_->fake_roster.put(contact("dad@x", "Dad", {"Family", "Work"}, Status::online));
    QCOMPARE(names(2), QStringList({"Boss", "Dad"}));
    account_->fake_roster.put(contact("dad@x", "Dad", {"Work"}, Status::online));
    QCOMPARE(names(1), QStringList({"Mum"}));
  }

  void aPersonWithoutGroupIsInTheFirst() {
    account_->fake_roster.put(contact("new@x", "New", {}, Status::online));
    QCOMPARE(names(0), QStringList({"New"}));
  }

  void whoIsRemovedIsGone() {
    account_->fake_roster.remove("mum@x", {});
    QCOMPARE(names(1), QStringList({"Dad"}));
  }

  void draggingAPersonOntoAGroupMovesThem() {
    const auto dragged = std::unique_ptr<QMimeData>(tree_->mimeData({tree_->find("dad@x")}));
    tree_->dropMimeData(dragged.get(), Qt::MoveAction, -1, -1, group(2));
    QCOMPARE(account_->roster().find("dad@x")->groups, QStringList({"Work"}));
    QCOMPARE(names(2), QStringList({"Boss", "Dad"}));
  }

  void draggingAGroupReordersGroups() {
    const auto dragged = std::unique_ptr<QMimeData>(tree_->mimeData({group(2)}));
    tree_->dropMimeData(dragged.get(), Qt::MoveAction, 1, 0, {});
    QCOMPARE(account_->roster().groups(), QStringList({"Work", "Family"}));
  }

  void editingAGroupsNameRenamesItForItsPeople() {
    QVERIFY(tree_->setData(group(1), "Home", Qt::EditRole));
    QCOMPARE(account_->roster().find("dad@x")->groups, QStringList({"Home"}));
  }

  void theGroupWithoutANameCannotBeRenamed() { QVERIFY(!(group(0).flags() & Qt::ItemIsEditable)); }

 private:
  QModelIndex group(int row) const { return tree_->index(row, 0); }
  QStringList names(int group_row) const {
    QStringList names;
    for (int row = 0; row < tree_->rowCount(group(group_row)); ++row) {
      names << tree_->index(row, 0, group(group_row)).data().toString();
    }
    return names;
  }

  std::unique_ptr<FakeAccount> account_;
  std::unique_ptr<ContactTree> tree_;
  std::unique_ptr<QAbstractItemModelTester> tester_;
};

QTEST_GUILESS_MAIN(ContactTreeTest)
#include "contact_tree_test.moc"
