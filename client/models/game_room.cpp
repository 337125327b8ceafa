#include "client/models/game_room.h"

#include <QCoreApplication>
#include <QStringList>
#include <QTimer>

#include "base/crypto.h"
#include "client/core/account.h"
#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/models/game_secrets.h"
#include "xml/parser.h"

namespace queqiao::client {
namespace {

using games::Action;
using games::ChanceState;
using games::GameKind;
using games::MatchState;
using games::Player;
using games::Step;

bool is_chance(GameKind kind) {
  return kind == GameKind::dice || kind == GameKind::rock_paper_scissors;
}

std::optional<Step> step_of(const Message& message) {
  xml::Document document;
  const auto bytes = std::string_view(message.game.constData(), static_cast<std::size_t>(message.game.size()));
  if (xml::parse_element(bytes, document) != xml::ParseError::none) return std::nullopt;
  return Step::parse(document.root());
}

QString translated(const char* text) {
  return QCoreApplication::translate("Games", text);
}

}  // namespace

bool Game::is_over() const {
  if (const auto* match = std::get_if<games::Match>(&course)) {
    return match->state() == MatchState::over || match->state() == MatchState::declined;
  }
  const auto state = std::get<games::ChanceMatch>(course).state();
  return state == ChanceState::over || state == ChanceState::declined || state == ChanceState::cancelled;
}

bool Game::waits_for_answer() const {
  if (own != Player::invited) return false;
  if (const auto* match = std::get_if<games::Match>(&course)) return match->state() == MatchState::invited;
  return std::get<games::ChanceMatch>(course).state() == ChanceState::invited;
}

GameRoom::GameRoom(Account& account, const QString& secrets_file)
    : account_(account), secrets_(std::make_unique<GameSecrets>(secrets_file)) {
  connect(&account.history(), &History::message_added, this, &GameRoom::take);
  connect(&account.history(), &History::message_changed, this, &GameRoom::take);
  connect(&account.history(), &History::older_added, this, [this](const QString& chat) { replay(chat); });
}

GameRoom::~GameRoom() = default;

GameRoom::Chat& GameRoom::chat_of(const QString& jid) {
  const auto [place, is_new] = chats_.try_emplace(jid);
  if (is_new) {
    for (const auto& message : account_.history().games(jid)) add(place->second, message);
    reveal_later(jid, place->second);
  }
  return place->second;
}

void GameRoom::replay(const QString& jid) {
  if (chats_.erase(jid) == 0) return;
  for (const auto& [id, game] : chat_of(jid).games) emit changed(jid, id);
}

// Steps mostly come in order; one that belongs before what is known (an archive is read backwards) means playing all
// again.
void GameRoom::take(const Message& message) {
  if (message.game.isEmpty()) return;
  const auto known = chats_.find(message.chat);
  if (known == chats_.end()) {
    chat_of(message.chat);
  } else if (known->second.steps.count(message.id) != 0) {
    return;
  } else if (!known->second.steps.empty() && known->second.steps.rbegin()->first > message.id) {
    return replay(message.chat);
  } else {
    add(known->second, message);
  }
  Game* game = find_by_message(message.chat, message.id);
  if (!game) return;
  const auto id = game->id;
  emit changed(message.chat, id);
  if (Game* after = find(message.chat, id)) reveal_if_due(*after);
}

bool GameRoom::add(Chat& chat, const Message& message) {
  const auto step = step_of(message);
  if (!step) return false;
  const auto id = QString::fromStdString(step->game);
  chat.steps[message.id] = id;
  const auto known = chat.games.find(id);
  Game* game = known == chat.games.end() ? begin(chat, message, *step) : &known->second;
  if (!game) return false;
  const auto from = message.is_outgoing ? game->own : games::other(game->own);
  const bool counts = std::visit([&](auto& course) { return course.apply(from, *step); }, game->course);
  if (counts) game->last_message = message.id;
  return counts;
}

Game* GameRoom::begin(Chat& chat, const Message& message, const Step& step) {
  if (step.action != Action::invite) return nullptr;
  Game game{.id = QString::fromStdString(step.game), .chat = message.chat};
  game.own = message.is_outgoing ? Player::inviter : Player::invited;
  if (is_chance(step.kind)) game.course.emplace<games::ChanceMatch>();
  const auto id = game.id;
  return &chat.games.emplace(id, std::move(game)).first->second;
}

Game* GameRoom::find(const QString& chat, const QString& id) {
  auto& games = chat_of(chat).games;
  const auto place = games.find(id);
  return place == games.end() ? nullptr : &place->second;
}

Game* GameRoom::find_by_message(const QString& chat, qint64 message) {
  const auto& steps = chat_of(chat).steps;
  const auto place = steps.find(message);
  return place == steps.end() ? nullptr : find(chat, place->second);
}

Game* GameRoom::running(const QString& chat) {
  Game* newest = nullptr;
  for (auto& [id, game] : chat_of(chat).games) {
    if (!game.is_over() && (!newest || game.last_message > newest->last_message)) newest = &game;
  }
  return newest;
}

void GameRoom::send(const QString& chat, const Step& step) {
  account_.messenger().send_game(chat, QByteArray::fromStdString(step.write()), describe_step(step));
}

QString GameRoom::invite(const QString& chat, GameKind kind, games::Side side, std::chrono::seconds clock) {
  if (is_chance(kind)) return {};
  Step step{.game = random_id(), .kind = kind, .number = 1, .action = Action::invite};
  step.inviter_side = side;
  step.clock = clock;
  send(chat, step);
  return QString::fromStdString(step.game);
}

QString GameRoom::invite_to_chance(const QString& chat, GameKind kind, const std::string& choice) {
  if (!is_chance(kind)) return {};
  Step step{.game = random_id(), .kind = kind, .number = 1, .action = Action::invite};
  const auto secret = kind == GameKind::dice ? games::make_dice_secret() : games::make_choice_secret(choice);
  step.commitment = secret.commitment(step.game, Player::inviter);
  secrets_->put(QString::fromStdString(step.game), secret);
  send(chat, step);
  return QString::fromStdString(step.game);
}

bool GameRoom::accept_chance(Game& game, const std::string& choice) {
  auto* chance = game.chance();
  if (!chance || chance->state() != ChanceState::invited || game.own != Player::invited) return false;
  auto step = chance->next(Action::accept);
  const auto secret = chance->kind() == GameKind::dice ? games::make_dice_secret() : games::make_choice_secret(choice);
  step.commitment = secret.commitment(step.game, game.own);
  secrets_->put(game.id, secret);
  send(game.chat, step);
  return true;
}

// A chat is read when somebody asks for a game, which may be a window that is painting: that is no time to send.
void GameRoom::reveal_later(const QString& jid, const Chat& chat) {
  QStringList ids;
  for (const auto& [id, game] : chat.games) {
    if (std::holds_alternative<games::ChanceMatch>(game.course)) ids.append(id);
  }
  if (ids.isEmpty()) return;
  QTimer::singleShot(0, this, [this, jid, ids] {
    for (const auto& id : ids) {
      if (Game* game = find(jid, id)) reveal_if_due(*game);
    }
  });
}

// Only where the secret is: another device of ours cannot, and need not.
void GameRoom::reveal_if_due(Game& game) {
  const auto* chance = game.chance();
  if (!chance) return;
  if (game.is_over()) return secrets_->remove(game.id);
  const bool is_revealing =
      chance->state() == ChanceState::inviter_reveals || chance->state() == ChanceState::invited_reveals;
  const auto secret = secrets_->find(game.id);
  if (!is_revealing || chance->acting() != game.own || !secret) return;
  if (revealed_.contains(game.id)) return;
  revealed_.insert(game.id);
  auto step = chance->next(Action::reveal);
  step.value = secret->value;
  step.nonce = secret->nonce;
  send(game.chat, step);
}

bool GameRoom::act(Game& game, Action action) {
  if (auto* match = game.match()) {
    if (!match->is_possible(game.own, action)) return false;
    send(game.chat, match->next(game.own, action));
    return true;
  }
  const bool is_declining = action == Action::decline && game.own == Player::invited;
  const bool is_cancelling = action == Action::resign && game.own == Player::inviter;
  if (game.chance()->state() != ChanceState::invited || !(is_declining || is_cancelling)) return false;
  send(game.chat, game.chance()->next(action));
  return true;
}

bool GameRoom::move(Game& game, const std::string& move, std::chrono::milliseconds spent) {
  auto* match = game.match();
  if (!match || !match->is_possible(game.own, Action::move)) return false;
  auto step = match->next(game.own, Action::move);
  step.move = move;
  step.spent = match->has_clock() ? spent : std::chrono::milliseconds(0);
  send(game.chat, step);
  return true;
}

QString game_name(GameKind kind) {
  switch (kind) {
    case GameKind::gomoku:
      return translated(QT_TRANSLATE_NOOP("Games", "Gomoku"));
    case GameKind::xiangqi:
      return translated(QT_TRANSLATE_NOOP("Games", "Chinese chess"));
    case GameKind::dice:
      return translated(QT_TRANSLATE_NOOP("Games", "Dice"));
    case GameKind::rock_paper_scissors:
      return translated(QT_TRANSLATE_NOOP("Games", "Rock, paper, scissors"));
  }
  return {};
}

QString describe_step(const Step& step) {
  const auto said = [&step](const char* text) {
    return game_name(step.kind) + QStringLiteral(": ") + translated(text);
  };
  switch (step.action) {
    case Action::invite:
      return said(QT_TRANSLATE_NOOP("Games", "shall we play?"));
    case Action::accept:
      return said(QT_TRANSLATE_NOOP("Games", "let's play"));
    case Action::decline:
      return said(QT_TRANSLATE_NOOP("Games", "not now"));
    case Action::move:
      return game_name(step.kind) + QStringLiteral(": ") + QString::fromStdString(step.move);
    case Action::undo_request:
      return said(QT_TRANSLATE_NOOP("Games", "may I take my move back?"));
    case Action::undo_accept:
      return said(QT_TRANSLATE_NOOP("Games", "take it back"));
    case Action::undo_refuse:
      return said(QT_TRANSLATE_NOOP("Games", "no taking back"));
    case Action::draw_offer:
      return said(QT_TRANSLATE_NOOP("Games", "I offer a draw"));
    case Action::draw_accept:
      return said(QT_TRANSLATE_NOOP("Games", "a draw it is"));
    case Action::draw_refuse:
      return said(QT_TRANSLATE_NOOP("Games", "no draw"));
    case Action::resign:
      return said(QT_TRANSLATE_NOOP("Games", "I resign"));
    case Action::timeout:
      return said(QT_TRANSLATE_NOOP("Games", "my time is up"));
    case Action::reveal:
      break;
  }
  return game_name(step.kind) + QStringLiteral(": ") + QString::fromStdString(step.value);
}

}  // namespace queqiao::client
