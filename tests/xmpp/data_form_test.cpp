#include "xmpp/xep/data_form.h"

#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"

namespace queqiao::xmpp {
namespace {

DataForm parse(std::string_view xml) {
  const Parsed parsed(xml);
  return DataForm::parse(parsed.root()).value_or(DataForm(FormType::cancel));
}

TEST(DataForm, LooksUpValuesByTheirType) {
  const auto form = parse(
      "<x xmlns='jabber:x:data' type='submit'>"
      "<field var='FORM_TYPE' type='hidden'><value>urn:example</value></field>"
      "<field var='open'><value>true</value></field><field var='shut'><value>0</value></field>"
      "<field var='count'><value>42</value></field><field var='who'><value>Juliet@Capulet.lit</value></field>"
      "<field var='many'><value>a</value><value>b</value></field><field var='empty'/></x>");
  EXPECT_EQ(form.form_type(), "urn:example");
  EXPECT_EQ(form.boolean("open"), true);
  EXPECT_EQ(form.boolean("shut"), false);
  EXPECT_EQ(form.boolean("count"), std::nullopt);
  EXPECT_EQ(form.number<int>("count"), 42);
  EXPECT_EQ(form.number<int>("who"), std::nullopt);
  EXPECT_EQ(form.jid("who")->text(), "juliet@capulet.lit");
  EXPECT_EQ(form.values("many"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(form.text("empty"), std::nullopt);
  EXPECT_EQ(form.text("absent"), std::nullopt);
}

TEST(DataForm, SurvivesWritingAndReading) {
  DataForm form(FormType::form, "urn:example");
  form.title = "A <title> & more";
  form.instructions = {"one", "two"};
  FormField choice;
  choice.name = "choice";
  choice.type = FieldType::list_single;
  choice.label = "Which?";
  choice.description = "It matters.";
  choice.is_required = true;
  choice.values = {"b"};
  choice.options = {{"a", "First"}, {"b", ""}};
  form.add(choice);
  form.reported = {choice};
  form.items = {{choice}, {choice}};
  const auto again = parse(to_xml(form));
  EXPECT_EQ(to_xml(again), to_xml(form));
  EXPECT_EQ(again.title, form.title);
  EXPECT_EQ(again.items.size(), 2u);
  ASSERT_NE(again.field("choice"), nullptr);
  EXPECT_TRUE(again.field("choice")->is_required);
  EXPECT_EQ(again.field("choice")->options.size(), 2u);
}

// XEP-0004 3.2 and 3.3.
TEST(DataForm, RefusesAnUnknownTypeAndAFieldWithoutName) {
  for (const auto* xml :
       {"<x xmlns='jabber:x:data' type='strange'/>", "<x xmlns='jabber:x:data'/>", "<x xmlns='other' type='form'/>",
        "<x xmlns='jabber:x:data' type='form'><field type='hidden'><value>1</value></field></x>",
        "<x xmlns='jabber:x:data' type='result'><item><field/></item></x>"}) {
    const Parsed parsed(xml);
    ASSERT_TRUE(parsed.is_good());
    EXPECT_FALSE(DataForm::parse(parsed.root())) << xml;
  }
}

TEST(DataForm, TreatsAnUnknownFieldTypeAsText) {
  const auto form =
      parse("<x xmlns='jabber:x:data' type='form'><field var='a' type='from-the-future'><value>1</value></field></x>");
  ASSERT_EQ(form.fields.size(), 1u);
  EXPECT_EQ(form.fields.front().type, FieldType::text_single);
}

}  // namespace
}  // namespace queqiao::xmpp
