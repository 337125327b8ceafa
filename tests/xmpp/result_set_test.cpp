#include "xmpp/xep/result_set.h"

#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"

namespace queqiao::xmpp {
namespace {

std::optional<ResultSetRequest> request(const std::string& inside) {
  const Parsed parsed("<query xmlns='q'><set xmlns='http://jabber.org/protocol/rsm'>" + inside + "</set></query>");
  return ResultSetRequest::find(parsed.root());
}

TEST(ResultSet, TellsTheLastPageFromAPageBeforeAnId) {
  EXPECT_TRUE(request("<max>10</max><before/>")->is_last_page());
  EXPECT_FALSE(request("<max>10</max><before>x</before>")->is_last_page());
  EXPECT_FALSE(request("<max>10</max>")->is_last_page());
}

TEST(ResultSet, RefusesMalformedNumbersAndTwoBorders) {
  EXPECT_FALSE(request("<max>ten</max>"));
  EXPECT_FALSE(request("<max>-1</max>"));
  EXPECT_FALSE(request("<max/>"));
  EXPECT_FALSE(request("<max>99999999999999999999</max>"));
  EXPECT_FALSE(request("<after>a</after><before/>"));
}

TEST(ResultSet, MoreThanAllIsAll) {
  EXPECT_EQ(request("<max>4294967296</max>")->max, 4294967295u);
}

TEST(ResultSet, AQueryWithoutASetAsksForNothingInParticular) {
  const Parsed parsed("<query xmlns='q'/>");
  const auto found = ResultSetRequest::find(parsed.root());
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->max || found->after || found->before || found->index);
  EXPECT_EQ(to_xml(*found), "");
}

TEST(ResultSet, RequestAndAnswerSurviveWritingAndReading) {
  ResultSetRequest asked;
  asked.max = 5;
  asked.after = "a<b";
  const Parsed question("<q>" + to_xml(asked) + "</q>");
  EXPECT_EQ(to_xml(*ResultSetRequest::find(question.root())), to_xml(asked));
  const ResultSet page{"first", "last", 7, 1000};
  const Parsed answer("<q>" + to_xml(page) + "</q>");
  EXPECT_EQ(to_xml(ResultSet::find(answer.root())), to_xml(page));
}

}  // namespace
}  // namespace queqiao::xmpp
