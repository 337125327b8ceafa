#include "base/search_terms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/text.h"

namespace queqiao {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

bool finds(std::string_view query, std::string_view text) {
  const auto phrases = query_phrases(query);
  return !phrases.empty() && has_phrases(index_terms(text), phrases);
}

TEST(SearchTerms, WordsAreLowerCaseWithoutPunctuation) {
  EXPECT_EQ(index_terms("Hello, WORLD! it's 2 o'clock (room_12)"), "hello world it s 2 o clock room 12");
  EXPECT_EQ(index_terms(" \t\n"), "");
  EXPECT_EQ(index_terms(""), "");
}

TEST(SearchTerms, CommonScriptsLoseTheirUpperCase) {
  EXPECT_EQ(index_terms("ÄRGER Über ŽIVOT Łódź"), "ärger über život łódź");
  EXPECT_EQ(index_terms("ПРИВЕТ Ёлка"), "привет ёлка");
  EXPECT_EQ(index_terms("ΚΌΣΜΟΣ κόσμος"), "κόσμοσ κόσμοσ");
  EXPECT_EQ(index_terms("ＱＱ２０"), "qq20") << "full width is how Chinese keyboards write Latin";
}

TEST(SearchTerms, ChineseIsPairsOfNeighbours) {
  EXPECT_EQ(index_terms("鹊桥相会"), "鹊桥 桥相 相会");
  EXPECT_EQ(index_terms("你好，世界。"), "你好 世界");
  EXPECT_EQ(index_terms("加QQ群12345吧"), "加 qq 群 12345 吧");
  EXPECT_EQ(index_terms("𠀀𠀁"), "𠀀𠀁") << "beyond the first plane as well";
}

TEST(SearchTerms, JapaneseKoreanAndThaiAreFoundInsideTheirRuns) {
  EXPECT_TRUE(finds("カメラ", "新しいカメラを買った"));
  EXPECT_TRUE(finds("학교", "학교에서"));
  EXPECT_TRUE(finds("ไทย", "ภาษาไทย"));
}

TEST(SearchTerms, ChineseIsFoundFromTwoCharactersOn) {
  EXPECT_TRUE(finds("相会", "鹊桥相会"));
  EXPECT_TRUE(finds("桥相会", "鹊桥相会"));
  EXPECT_FALSE(finds("桥会", "鹊桥相会"));
  EXPECT_FALSE(finds("世界你好", "你好，世界"));
}

TEST(SearchTerms, EveryWordOfAQueryMustBeThereInAnyOrder) {
  EXPECT_TRUE(finds("world HELLO", "hello, big world"));
  EXPECT_FALSE(finds("hello moon", "hello, big world"));
  EXPECT_FALSE(finds("ell", "hello")) << "a part of a word is no word";
  EXPECT_TRUE(finds("群 qq", "加QQ 群"));
}

TEST(SearchTerms, TheLastWordMayBeTheBeginningOfOne) {
  EXPECT_TRUE(finds("hello wor", "hello world"));
  EXPECT_TRUE(finds("Wor", "hello world"));
  EXPECT_FALSE(finds("hel world", "hello world")) << "the last one alone";
  EXPECT_FALSE(finds("wo", "hello world")) << "too short";
  EXPECT_FALSE(finds("wor ", "hello world")) << "finished";
  EXPECT_FALSE(finds("orl", "hello world"));
  EXPECT_TRUE(finds("world", "hello world")) << "a whole word is a beginning too";
}

TEST(SearchTerms, LongWordsAreCutTheSameWayOnBothSides) {
  const std::string word(1000, 'x');
  EXPECT_LE(index_terms(word).size(), longest_term);
  EXPECT_TRUE(finds(word, "see " + word + " there"));
  EXPECT_TRUE(is_utf8(index_terms(std::string("a") +
                                  [] {
                                    std::string umlauts;
                                    for (int i = 0; i < 100; ++i) umlauts += "ä";
                                    return umlauts;
                                  }())))
      << "never inside a character";
}

TEST(SearchTerms, MatchExpressionQuotesEveryTerm) {
  EXPECT_EQ(match_expression("Hello wor"), "\"hello\" AND \"wor\" *");
  EXPECT_EQ(match_expression("鹊桥相会"), "\"鹊桥 桥相 相会\"");
  EXPECT_EQ(match_expression("qq 鹊桥"), "\"qq\" * AND \"鹊桥\"");
  EXPECT_EQ(match_expression("我"), "\"我\" *");
}

TEST(SearchTerms, NothingSearchableGivesNothing) {
  for (const auto* query : {"", " ", "!?", "\"\"", "*", "，。", "😀", "\xff\xfe", "()^:+-"}) {
    EXPECT_EQ(match_expression(query), "") << query;
    EXPECT_THAT(query_phrases(query), IsEmpty()) << query;
  }
}

TEST(SearchTerms, HostileQueriesAreNeverSyntax) {
  EXPECT_EQ(match_expression("a\" OR b* NEAR(c"), "\"a\" AND \"or\" AND \"b\" AND \"near\" AND \"c\" *");
  EXPECT_EQ(match_expression("owner:1 ^x {a b}: -y"), "\"owner\" AND \"1\" AND \"x\" AND \"a\" AND \"b\" AND \"y\" *");
  EXPECT_EQ(match_expression("a\xffz"), "\"a\" AND \"z\" *") << "invalid UTF-8 separates";
  EXPECT_EQ(match_expression(std::string_view("a\0b", 3)), "\"a\" AND \"b\" *");
}

TEST(SearchTerms, MarksOfAnIndexNeverComeFromText) {
  EXPECT_EQ(index_terms("a\uE000b\uE001"), "a b");
}

TEST(SearchTerms, NamesAreComparedWithoutUpperCase) {
  EXPECT_EQ(fold_case("Über-Mut ＱＱ 鹊桥\xff!"), "über-mut qq 鹊桥!");
}

TEST(SearchTerms, QueriesAreBounded) {
  std::string query;
  for (int i = 0; i < 10'000; ++i) query += "w" + std::to_string(i) + " ";
  EXPECT_EQ(query_phrases(query).size(), terms_of_query);
  std::string run;
  for (int i = 0; i < 10'000; ++i) run += "鹊";
  EXPECT_THAT(query_phrases("a " + run), ElementsAre("a")) << "a run is whole or left out";
}

}  // namespace
}  // namespace queqiao
