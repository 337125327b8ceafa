#include "storage/stanza_address.h"

#include <gtest/gtest.h>

namespace queqiao::storage {
namespace {

TEST(StanzaAddress, IsFoundWhateverTheOrderAndTheQuotes) {
  constexpr std::string_view stanza =
      "<message type=\"chat\" to='a@x/r' from=\"b@y/it's\"><body>from='no'</body></message>";
  EXPECT_EQ(stanza_attribute(stanza, "to"), "a@x/r");
  EXPECT_EQ(stanza_attribute(stanza, "from"), "b@y/it's");
}

TEST(StanzaAddress, HasItsReferencesResolved) {
  EXPECT_EQ(stanza_attribute("<message to='a@x/&lt;&amp;amp;&apos;&gt;&quot;'/>", "to"), "a@x/<&amp;'>\"");
}

TEST(StanzaAddress, IsLookedForInTheFirstTagOnly) {
  EXPECT_EQ(stanza_attribute("<message><x to='a@x'/></message>", "to"), "");
  EXPECT_EQ(stanza_attribute("<message />", "to"), "");
  EXPECT_EQ(stanza_attribute("<message toto='1' to='2'/>", "to"), "2");
  EXPECT_EQ(stanza_attribute("", "to"), "");
}

}  // namespace
}  // namespace queqiao::storage
