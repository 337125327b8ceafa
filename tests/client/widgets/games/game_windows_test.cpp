#include "client/widgets/games/game_windows.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "client/games/chance.h"
#include "client/widgets/games/chance_window.h"
#include "client/widgets/games/match_window.h"
#include "client/widgets/games/new_game_dialog.h"
#include "client/widgets/theme.h"
#include "tests/client/fakes/fake_account.h"
#include "tests/client/widgets/keyboard_and_readers.h"
#include "xml/parser.h"

using namespace queqiao::client;
namespace games = queqiao::games;
using games::Action;
using games::GameKind;
using games::Step;

namespace {

const QString peer = QStringLiteral("friend@example.org");

template <typename Window>
Window* shown_window() {
  for (auto* widget : QApplication::topLevelWidgets()) {
    auto* window = qobject_cast<Window*>(widget);
    if (window && window->isVisible()) return window;
  }
  return nullptr;
}

}  // namespace

class GameWindowsTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    set_look(false, 100);
    account_ = std::make_unique<test::FakeAccount>();
    windows_ = std::make_unique<GameWindows>(*account_, folder_.filePath("games.ini"));
  }

  void cleanup() {
    windows_.reset();
    account_.reset();
  }

  void anInvitationSaysWhoWantsToPlayWhat() {
    const auto invitation = invite(GameKind::gomoku);
    QVERIFY(windows_->open_invitation(peer, invitation).contains("Gomoku"));
    QVERIFY(windows_->open_invitation(peer, invitation + 1).isEmpty());
  }

  void acceptingABoardGameOpensItsWindow() {
    const auto invitation = invite(GameKind::xiangqi);
    QSignalSpy changed(windows_.get(), &GameWindows::changed);
    windows_->answer(peer, invitation, true);
    QCOMPARE(sent(), Action::accept);
    QVERIFY(shown_window<MatchWindow>());
    QVERIFY(!changed.isEmpty());
    QVERIFY(windows_->open_invitation(peer, invitation).isEmpty());
  }

  void acceptingDiceThrowsAtOnce() {
    windows_->answer(peer, invite(GameKind::dice), true);
    QCOMPARE(sent(), Action::accept);
    QVERIFY(shown_window<ChanceWindow>());
  }

  void rockPaperOrScissorsIsChosenInTheWindow() {
    const auto invitation = invite(GameKind::rock_paper_scissors);
    windows_->answer(peer, invitation, true);
    QVERIFY(!sent());
    QVERIFY(shown_window<ChanceWindow>());
    QVERIFY(!windows_->open_invitation(peer, invitation).isEmpty());
  }

  void decliningOpensNothing() {
    windows_->answer(peer, invite(GameKind::gomoku), false);
    QCOMPARE(sent(), Action::decline);
    QVERIFY(!shown_window<MatchWindow>());
  }

  void aSecondAnswerOnlyShowsTheGame() {
    const auto invitation = invite(GameKind::gomoku);
    windows_->answer(peer, invitation, true);
    windows_->answer(peer, invitation, false);
    QCOMPARE(sent(), Action::accept);
    QVERIFY(shown_window<MatchWindow>());
  }

  void theWindowsHaveNamesForScreenReadersAndCloseOnEscape() {
    for (const GameKind kind : {GameKind::gomoku, GameKind::xiangqi, GameKind::rock_paper_scissors}) {
      windows_->open(peer, invite(kind), nullptr);
      GameWindow* window = shown_window<GameWindow>();
      QVERIFY(window);
      QCOMPARE(test::nameless_controls(*window), QString());
      QVERIFY(test::closes_on_escape(*window));
      QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    NewGameDialog dialog("A", GameKind::gomoku, nullptr);
    dialog.show();
    QCOMPARE(test::nameless_controls(dialog), QString());
    QVERIFY(test::closes_on_escape(dialog));
  }

 private:
  // The friend invites; the answer is the message's id.
  qint64 invite(GameKind kind) {
    Step step{.game = "game-" + std::to_string(++last_game_), .kind = kind, .number = 1, .action = Action::invite};
    if (kind == GameKind::dice) {
      step.commitment = games::make_dice_secret().commitment(step.game, games::Player::inviter);
    } else if (kind == GameKind::rock_paper_scissors) {
      step.commitment = games::make_choice_secret("rock").commitment(step.game, games::Player::inviter);
    }
    Message message;
    message.chat = message.sender = peer;
    message.kind = MessageKind::game;
    message.game = QByteArray::fromStdString(step.write());
    message.time = QDateTime::currentDateTime();
    return account_->fake_history.add(message);
  }

  // The last step that went out.
  std::optional<Action> sent() {
    std::optional<Action> action;
    for (const auto& message : account_->fake_history.games(peer)) {
      if (!message.is_outgoing) continue;
      queqiao::xml::Document document;
      queqiao::xml::parse_element(message.game.toStdString(), document);
      action = Step::parse(document.root())->action;
    }
    return action;
  }

  QTemporaryDir folder_;
  int last_game_ = 0;
  std::unique_ptr<test::FakeAccount> account_;
  std::unique_ptr<GameWindows> windows_;
};

QTEST_MAIN(GameWindowsTest)
#include "game_windows_test.moc"
