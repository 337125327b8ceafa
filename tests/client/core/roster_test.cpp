#include <QSignalSpy>
#include <QTest>

#include "client/core/roster.h"
#include "client/core/settings.h"
#include "cuttable_proxy.h"
#include "server_process.h"

namespace queqiao::client {
namespace {

using test::befriend;
using test::CuttableProxy;
using test::patience;
using test::Person;
using test::ServerProcess;

// Friends, groups and who is seen by whom, between two accounts on a real server.
class RosterTest : public QObject {
  Q_OBJECT

 private slots:
  void request_brings_greeting_and_yes_goes_both_ways();
  void refused_request_leaves_no_friend();
  void oneself_and_nonsense_cannot_be_added();
  void remark_and_groups_change_when_the_server_has_them();
  void groups_keep_their_order_and_may_be_empty();
  void renamed_group_takes_its_people_along();
  void removed_group_leaves_its_people();
  void friends_show_before_there_is_a_connection();
  void best_resource_is_shown();
  void coming_online_is_told_once_and_not_to_newcomers();
  void invisible_looks_like_offline();
  void away_by_idleness_does_not_touch_the_choice();
  void blocked_person_is_marked();
  void removed_friend_is_gone_at_both_ends();
  void group_order_follows_the_account();
  void settings_follow_the_account();

 private:
  // A pair of names that no other test has.
  std::pair<std::unique_ptr<Person>, std::unique_ptr<Person>> pair() {
    const auto number = QString::number(++pairs_);
    for (const auto& name : {"juliet" + number, "romeo" + number}) {
      if (!server_.add_user(name)) return {};
    }
    return {std::make_unique<Person>("juliet" + number, server_.port()),
            std::make_unique<Person>("romeo" + number, server_.port())};
  }

  ServerProcess server_;
  int pairs_ = 0;
};

#define TWO_PEOPLE(a, b)                      \
  const auto [a##_owner, b##_owner] = pair(); \
  QVERIFY(a##_owner&& b##_owner);             \
  Person &a = *a##_owner, &b = *b##_owner;    \
  QVERIFY(a.log_in());                        \
  QVERIFY(b.log_in())

#define EVENTUALLY(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, patience)

const Contact* find(Person& who, Person& of) {
  return who.account->roster().find(of.jid());
}

// Asks, and waits for the server's word.
template <class Request>
QString outcome(Request request) {
  QString result = "no answer";
  request([&result](const QString& error) { result = error; });
  [[maybe_unused]] const bool has_come = QTest::qWaitFor([&] { return result != "no answer"; }, patience);
  return result;
}

void RosterTest::request_brings_greeting_and_yes_goes_both_ways() {
  TWO_PEOPLE(juliet, romeo);
  QSignalSpy received(&romeo.account->roster(), &Roster::request_received);
  QCOMPARE(outcome([&](auto done) { juliet.account->roster().add(romeo.jid(), "Rom", "Family", "It is me", done); }),
           "");
  EVENTUALLY(received.size() == 1);
  const auto request = received[0][0].value<FriendRequest>();
  QCOMPARE(request.jid, juliet.jid());
  QCOMPARE(request.greeting, "It is me");
  QVERIFY(find(juliet, romeo));
  QVERIFY(!find(juliet, romeo)->is_friend);
  EVENTUALLY(find(juliet, romeo)->is_pending);

  romeo.account->roster().accept(juliet.jid(), "Jule", {});
  EVENTUALLY(find(juliet, romeo)->is_friend);
  EVENTUALLY(find(romeo, juliet) && find(romeo, juliet)->is_friend);
  EVENTUALLY(find(juliet, romeo)->status == Status::online);
  EVENTUALLY(find(romeo, juliet)->status == Status::online);
  QCOMPARE(find(romeo, juliet)->display_name(), "Jule");
  QCOMPARE(find(juliet, romeo)->groups, QStringList("Family"));
  QVERIFY(romeo.account->roster().requests().isEmpty());
  QVERIFY(juliet.account->roster().requests().isEmpty());  // the request in return was answered by itself
}

void RosterTest::refused_request_leaves_no_friend() {
  TWO_PEOPLE(juliet, romeo);
  juliet.account->roster().add(romeo.jid(), {}, {}, {}, [](const QString&) {});
  EVENTUALLY(romeo.account->roster().requests().size() == 1);
  EVENTUALLY(find(juliet, romeo) && find(juliet, romeo)->is_pending);
  romeo.account->roster().refuse(juliet.jid());
  EVENTUALLY(!find(juliet, romeo)->is_pending);
  QVERIFY(!find(juliet, romeo)->is_friend);
  QVERIFY(romeo.account->roster().requests().isEmpty());
  QVERIFY(!find(romeo, juliet));
}

void RosterTest::oneself_and_nonsense_cannot_be_added() {
  TWO_PEOPLE(juliet, romeo);
  for (const auto& wrong : {juliet.jid(), QString("a b@localhost"), QString("@localhost"), QString()}) {
    const auto error = outcome([&](auto done) { juliet.account->roster().add(wrong, {}, {}, {}, done); });
    QVERIFY2(!error.isEmpty() && error != "no answer", qPrintable(wrong));
  }
  QVERIFY(juliet.account->roster().contacts().isEmpty());
}

void RosterTest::remark_and_groups_change_when_the_server_has_them() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  auto& roster = juliet.account->roster();
  QCOMPARE(outcome([&](auto done) { roster.set_remark(romeo.jid(), "小罗", done); }), "");
  QCOMPARE(find(juliet, romeo)->remark, "小罗");
  QCOMPARE(outcome([&](auto done) { roster.set_groups(romeo.jid(), {"同学", "Work"}, done); }), "");
  QCOMPARE(QSet<QString>(find(juliet, romeo)->groups.begin(), find(juliet, romeo)->groups.end()),
           (QSet<QString>{"同学", "Work"}));
  QCOMPARE(find(juliet, romeo)->remark, "小罗");
  QVERIFY(roster.groups().contains("Work"));
}

void RosterTest::groups_keep_their_order_and_may_be_empty() {
  TWO_PEOPLE(juliet, romeo);
  auto& roster = juliet.account->roster();
  for (const auto& name : {"A", "B", "C", "B"}) roster.add_group(name);
  QCOMPARE(roster.groups(), QStringList({"A", "B", "C"}));
  roster.move_group("C", 0);
  QCOMPARE(roster.groups(), QStringList({"C", "A", "B"}));
  juliet.account.reset();
  juliet.account = Account::create(juliet.settings);
  QCOMPARE(juliet.account->roster().groups(), QStringList({"C", "A", "B"}));
}

void RosterTest::renamed_group_takes_its_people_along() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  auto& roster = juliet.account->roster();
  QCOMPARE(outcome([&](auto done) { roster.set_groups(romeo.jid(), {"Old", "Other"}, done); }), "");
  QCOMPARE(outcome([&](auto done) { roster.rename_group("Old", "New", done); }), "");
  QVERIFY(find(juliet, romeo)->groups.contains("New"));
  QVERIFY(find(juliet, romeo)->groups.contains("Other"));
  QVERIFY(!roster.groups().contains("Old"));
  QVERIFY(roster.groups().contains("New"));
}

void RosterTest::removed_group_leaves_its_people() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  auto& roster = juliet.account->roster();
  QCOMPARE(outcome([&](auto done) { roster.set_groups(romeo.jid(), {"Doomed"}, done); }), "");
  QCOMPARE(outcome([&](auto done) { roster.remove_group("Doomed", done); }), "");
  QVERIFY(find(juliet, romeo)->groups.isEmpty());
  QVERIFY(!roster.groups().contains("Doomed"));
}

void RosterTest::friends_show_before_there_is_a_connection() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  QCOMPARE(outcome([&](auto done) { juliet.account->roster().set_remark(romeo.jid(), "Rom", done); }), "");
  juliet.account.reset();
  juliet.account = Account::create(juliet.settings);
  const auto* shown = find(juliet, romeo);
  QVERIFY(shown);
  QCOMPARE(shown->remark, "Rom");
  QVERIFY(shown->is_friend);
  QCOMPARE(shown->status, Status::offline);
  // With the version that is known the server sends nothing, and everybody is still there.
  QVERIFY(juliet.log_in());
  EVENTUALLY(find(juliet, romeo) && find(juliet, romeo)->status == Status::online);
  QCOMPARE(find(juliet, romeo)->remark, "Rom");
}

void RosterTest::best_resource_is_shown() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  QTemporaryDir folder;
  auto settings = romeo.settings;
  settings.data_folder = folder.path();
  const auto phone = Account::create(settings);
  phone->set_signature("on the phone");
  phone->connect_to_server(Status::busy);
  EVENTUALLY(phone->state() == ConnectionState::online);
  QCOMPARE(find(juliet, romeo)->status, Status::online);
  romeo.account->disconnect_from_server();
  EVENTUALLY(find(juliet, romeo)->status == Status::busy);
  QCOMPARE(find(juliet, romeo)->signature, "on the phone");
  EVENTUALLY(find(juliet, romeo)->device == "Queqiao");
  phone->disconnect_from_server();
  EVENTUALLY(find(juliet, romeo)->status == Status::offline);
  QVERIFY(find(juliet, romeo)->last_seen.isValid());
}

void RosterTest::coming_online_is_told_once_and_not_to_newcomers() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  romeo.account->disconnect_from_server();
  EVENTUALLY(find(juliet, romeo)->status == Status::offline);
  QSignalSpy came(&juliet.account->roster(), &Roster::came_online);
  // Who is there in the first moments was there before us.
  const auto comes_back = [&] {
    romeo.account->disconnect_from_server();
    const bool is_gone = QTest::qWaitFor([&] { return find(juliet, romeo)->status == Status::offline; }, patience);
    if (!is_gone || !romeo.log_in()) return false;
    return QTest::qWaitFor([&] { return find(juliet, romeo)->status == Status::online; }, patience);
  };
  while (came.isEmpty()) QVERIFY(comes_back());
  QCOMPARE(came.size(), 1);
  QCOMPARE(came[0][0].toString(), romeo.jid());
}

void RosterTest::invisible_looks_like_offline() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  romeo.account->set_status(Status::invisible);
  EVENTUALLY(find(juliet, romeo)->status == Status::offline);
  QCOMPARE(romeo.account->state(), ConnectionState::online);
  QCOMPARE(romeo.account->status(), Status::invisible);
  romeo.account->set_status(Status::online);
  EVENTUALLY(find(juliet, romeo)->status == Status::online);

  // Whoever comes invisible is not seen for a moment either.
  romeo.account->disconnect_from_server();
  EVENTUALLY(find(juliet, romeo)->status == Status::offline);
  QSignalSpy changes(&juliet.account->roster(), &Roster::contact_changed);
  QVERIFY(romeo.log_in(Status::invisible));
  EVENTUALLY(outcome([&](auto done) { romeo.account->roster().set_remark(juliet.jid(), "J", done); }).isEmpty());
  QVERIFY(changes.isEmpty());
  QCOMPARE(find(juliet, romeo)->status, Status::offline);
}

void RosterTest::away_by_idleness_does_not_touch_the_choice() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  romeo.account->set_idle(true);
  EVENTUALLY(find(juliet, romeo)->status == Status::away);
  QCOMPARE(romeo.account->status(), Status::online);
  romeo.account->set_status(Status::busy);
  EVENTUALLY(find(juliet, romeo)->status == Status::busy);
  romeo.account->set_idle(false);
  romeo.account->set_status(Status::online);
  EVENTUALLY(find(juliet, romeo)->status == Status::online);
}

void RosterTest::blocked_person_is_marked() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  auto& roster = juliet.account->roster();
  QCOMPARE(outcome([&](auto done) { roster.set_blocked(romeo.jid(), true, done); }), "");
  QVERIFY(find(juliet, romeo)->is_blocked);
  QCOMPARE(roster.blocked(), QStringList(romeo.jid()));
  EVENTUALLY(find(romeo, juliet)->status == Status::offline);
  QCOMPARE(outcome([&](auto done) { roster.set_blocked(romeo.jid(), false, done); }), "");
  QVERIFY(!find(juliet, romeo)->is_blocked);
  EVENTUALLY(find(romeo, juliet)->status == Status::online);
}

void RosterTest::removed_friend_is_gone_at_both_ends() {
  TWO_PEOPLE(juliet, romeo);
  QVERIFY(befriend(juliet, romeo));
  QSignalSpy removed(&juliet.account->roster(), &Roster::contact_removed);
  QCOMPARE(outcome([&](auto done) { juliet.account->roster().remove(romeo.jid(), done); }), "");
  EVENTUALLY(removed.size() == 1);
  QVERIFY(!find(juliet, romeo));
  EVENTUALLY(!find(romeo, juliet)->is_friend);
  EVENTUALLY(find(romeo, juliet)->status == Status::offline);
}

// Waits until a new device of the same account has what this one keeps on the server.
void RosterTest::group_order_follows_the_account() {
  TWO_PEOPLE(juliet, romeo);
  Roster& roster = juliet.account->roster();
  roster.add_group("Second");
  roster.add_group("First");
  roster.move_group("First", 0);
  EVENTUALLY(outcome([&](auto done) { roster.add(romeo.jid(), {}, {}, {}, done); }).isEmpty());
  QTemporaryDir folder;
  auto settings = juliet.settings;
  settings.data_folder = folder.path();
  const auto other = Account::create(settings);
  other->connect_to_server(Status::online);
  EVENTUALLY(other->roster().groups() == QStringList({"First", "Second"}));
}

void RosterTest::settings_follow_the_account() {
  TWO_PEOPLE(juliet, romeo);
  juliet.account->settings().set_value(setting::auto_away_minutes, 17);
  juliet.account->settings().set_value(setting::text_size, 150);  // of this machine
  QTemporaryDir folder;
  auto settings = juliet.settings;
  settings.data_folder = folder.path();
  const auto has_it = [&] {
    const auto other = Account::create(settings);
    QSignalSpy changed(&other->settings(), &Settings::changed);
    other->connect_to_server(Status::online);
    const auto is_changed = [&] { return other->settings().number(setting::auto_away_minutes) == 17; };
    return QTest::qWaitFor(is_changed, 2'000) && other->settings().number(setting::text_size) == 100;
  };
  EVENTUALLY(has_it());
}

}  // namespace
}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::RosterTest)
#include "roster_test.moc"
