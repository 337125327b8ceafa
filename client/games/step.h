#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/games/board_game.h"
#include "xml/element.h"

namespace queqiao::games {

inline constexpr std::string_view game_ns = "urn:queqiao:game:1";  // docs/protocol/games.md

enum class GameKind : unsigned char { gomoku, xiangqi, dice, rock_paper_scissors };

enum class Action : unsigned char {
  invite,
  accept,
  decline,
  move,
  undo_request,
  undo_accept,
  undo_refuse,
  draw_offer,
  draw_accept,
  draw_refuse,
  resign,   // or cancel, before the game has begun
  timeout,  // of the sender's own clock
  reveal
};

// One message's part in a game. Which fields mean something depends on `action`; parse() checks their form, a Match
// their sense.
struct Step {
  std::string game;  // id of the game, made by who invites
  GameKind kind = GameKind::gomoku;
  // Steps are counted from 1, the invitation. `is_out_of_turn`: not a step itself, but said after step `number`.
  std::uint32_t number = 0;
  bool is_out_of_turn = false;
  Action action = Action::invite;

  Side inviter_side = Side::first;     // invite to a board game
  std::chrono::seconds clock{0};       // invite: each side's time for the whole game; 0: none
  std::string move;                    // move
  std::chrono::milliseconds spent{0};  // move: the mover's thinking time
  std::string commitment;              // invite and accept of a game of chance: SHA-256, in hexadecimal
  std::string value, nonce;            // reveal

  // Of the <game/> element; nothing when it is none, or malformed.
  static std::optional<Step> parse(const xml::Element& game);
  std::string write() const;
};

std::string_view kind_name(GameKind kind);  // as on the wire

}  // namespace queqiao::games
