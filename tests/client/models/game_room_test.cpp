#include "client/models/game_room.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "client/core/messenger.h"
#include "tests/client/fakes/fake_account.h"

namespace queqiao::client {
namespace {

const QString friend_jid = QStringLiteral("friend@example.org");

// Two accounts whose game messages reach each other at once.
class Accounts {
 public:
  Accounts() {
    join(own_account, peer_account);
    join(peer_account, own_account);
  }

  QTemporaryDir folder;
  test::FakeAccount own_account, peer_account;

 private:
  void join(test::FakeAccount& from, test::FakeAccount& to) {
    QObject::connect(&from.history(), &History::message_changed, &to, [this, &to](const Message& message) {
      if (!message.is_outgoing || message.game.isEmpty() || passed_.contains({&to, message.id})) return;
      passed_.insert({&to, message.id});
      Message copy = message;
      copy.is_outgoing = false;
      copy.id = 0;
      to.fake_history.add(copy);
    });
  }

  QSet<QPair<test::FakeAccount*, qint64>> passed_;
};

struct Table : Accounts {
  GameRoom own{own_account, folder.filePath("own.ini")}, peer{peer_account, folder.filePath("peer.ini")};
};

}  // namespace

class GameRoomTest : public QObject {
  Q_OBJECT

 private slots:
  void an_invitation_reaches_the_other_and_moves_go_both_ways() {
    Table table;
    const auto id = table.own.invite(friend_jid, games::GameKind::gomoku, games::Side::first, {});
    Game* theirs = table.peer.find(friend_jid, id);
    QVERIFY(theirs && theirs->waits_for_answer());
    QVERIFY(!table.own.find(friend_jid, id)->waits_for_answer());
    QVERIFY(table.peer.act(*theirs, games::Action::accept));
    QVERIFY(table.own.move(*table.own.find(friend_jid, id), "h8", {}));
    theirs = table.peer.find(friend_jid, id);
    QCOMPARE(theirs->match()->board()->plies(), std::size_t(1));
    QVERIFY(table.peer.move(*theirs, "h8", {}));  // sent, and left out at both ends
    QCOMPARE(table.peer.find(friend_jid, id)->match()->board()->plies(), std::size_t(1));
    QCOMPARE(table.own.find(friend_jid, id)->match()->board()->plies(), std::size_t(1));
  }

  void a_game_is_the_same_after_a_restart() {
    Table table;
    const auto id =
        table.own.invite(friend_jid, games::GameKind::xiangqi, games::Side::second, std::chrono::seconds(600));
    QVERIFY(table.peer.act(*table.peer.find(friend_jid, id), games::Action::accept));
    QVERIFY(table.peer.move(*table.peer.find(friend_jid, id), "h2e2", std::chrono::seconds(3)));
    GameRoom again(table.own_account, table.folder.filePath("own.ini"));
    Game* game = again.running(friend_jid);
    QVERIFY(game);
    QCOMPARE(game->id, id);
    QCOMPARE(game->match()->board()->plies(), std::size_t(1));
    QVERIFY(game->match()->remaining(games::Player::invited) == std::chrono::seconds(597));
  }

  void dice_are_shown_by_themselves_when_both_have_committed() {
    Table table;
    const auto id = table.own.invite_to_chance(friend_jid, games::GameKind::dice, {});
    QVERIFY(table.peer.accept_chance(*table.peer.find(friend_jid, id), {}));
    QTRY_COMPARE(table.own.find(friend_jid, id)->chance()->state(), games::ChanceState::over);
    QTRY_COMPARE(table.peer.find(friend_jid, id)->chance()->state(), games::ChanceState::over);
    auto* ours = table.own.find(friend_jid, id)->chance();
    auto* theirs = table.peer.find(friend_jid, id)->chance();
    QCOMPARE(ours->die(games::Player::inviter), theirs->die(games::Player::inviter));
    QVERIFY(!ours->cheater());
  }

  void looking_at_a_chat_sends_nothing_before_the_event_loop_turns() {
    Accounts accounts;
    GameRoom peer(accounts.peer_account, accounts.folder.filePath("peer.ini"));
    const auto secrets = accounts.folder.filePath("own.ini");
    auto own = std::make_unique<GameRoom>(accounts.own_account, secrets);
    const auto id = own->invite_to_chance(friend_jid, games::GameKind::dice, {});
    own.reset();
    QVERIFY(peer.accept_chance(*peer.find(friend_jid, id), {}));
    auto& history = accounts.own_account.history();
    const auto steps = history.games(friend_jid).size();
    GameRoom again(accounts.own_account, secrets);
    QCOMPARE(again.find(friend_jid, id)->chance()->state(), games::ChanceState::inviter_reveals);
    QCOMPARE(history.games(friend_jid).size(), steps);
    QTRY_COMPARE(again.find(friend_jid, id)->chance()->state(), games::ChanceState::over);
  }

  void what_is_no_step_is_left_out() {
    Table table;
    for (const QByteArray bad : {"<game/>", "<game xmlns='urn:queqiao:game:1'/>", "no xml", "<!DOCTYPE a><a/>"}) {
      Message message;
      message.chat = friend_jid;
      message.sender = friend_jid;
      message.kind = MessageKind::game;
      message.game = bad;
      table.own_account.fake_history.add(message);
    }
    QVERIFY(!table.own.running(friend_jid));
  }
};

}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::GameRoomTest)
#include "game_room_test.moc"
