#include "client/games/step.h"

#include <gtest/gtest.h>

#include "xml/parser.h"

namespace queqiao::games {
namespace {

std::optional<Step> parse(const std::string& text) {
  xml::Document document;
  if (xml::parse_element(text, document) != xml::ParseError::none) ADD_FAILURE() << text;
  return Step::parse(document.root());
}

std::string game(const std::string& attributes, const std::string& content) {
  return "<game xmlns='urn:queqiao:game:1' " + attributes + ">" + content + "</game>";
}

TEST(GameStep, WhatIsWrittenIsReadAgain) {
  Step step{.game = "g1", .kind = GameKind::xiangqi, .number = 7, .action = Action::move, .move = "h2e2"};
  step.spent = std::chrono::milliseconds(1500);
  const auto again = parse(step.write());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->game, "g1");
  EXPECT_EQ(again->kind, GameKind::xiangqi);
  EXPECT_EQ(again->number, 7U);
  EXPECT_FALSE(again->is_out_of_turn);
  EXPECT_EQ(again->move, "h2e2");
  EXPECT_EQ(again->spent, step.spent);
}

TEST(GameStep, AnInvitationTellsSideAndClock) {
  const auto step = parse(game("id='g' kind='gomoku' step='1'", "<invite side='second' clock='600'/>"));
  ASSERT_TRUE(step);
  EXPECT_EQ(step->inviter_side, Side::second);
  EXPECT_EQ(step->clock, std::chrono::seconds(600));
}

TEST(GameStep, WhatIsMalformedIsNoStep) {
  const std::string good = "id='g' kind='gomoku' step='3'";
  ASSERT_TRUE(parse(game(good, "<move at='h8'/>")));
  for (const auto& bad :
       {game("kind='gomoku' step='3'", "<move at='h8'/>"), game("id='g' kind='chess' step='3'", "<move at='h8'/>"),
        game("id='g' kind='gomoku'", "<move at='h8'/>"), game("id='g' kind='gomoku' step='0'", "<move at='h8'/>"),
        game("id='g' kind='gomoku' step='-1'", "<move at='h8'/>"),
        game("id='g' kind='gomoku' step='3' after='3'", "<resign/>"),
        game("id='g' kind='gomoku' step='99999999999'", "<move at='h8'/>"), game(good, ""), game(good, "<move/>"),
        game(good, "<jump at='h8'/>"), game(good, "<move at='h8' spent='-5'/>"),
        game(good, "<move xmlns='urn:other' at='h8'/>"), game(good, "<invite clock='999999999'/>"),
        game(good, "<reveal value='1'/>"), game(good, "<accept commitment='beef'/>"),
        game(good, "<move at='" + std::string(500, 'h') + "'/>")}) {
    EXPECT_FALSE(parse(bad)) << bad;
  }
}

}  // namespace
}  // namespace queqiao::games
