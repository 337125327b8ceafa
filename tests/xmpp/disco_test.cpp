#include "xmpp/xep/disco.h"

#include <gtest/gtest.h>

#include "tests/xmpp/parsed.h"
#include "xmpp/xep/payload.h"

namespace queqiao::xmpp {
namespace {

DiscoInfo exodus() {
  DiscoInfo info;
  info.identities = {{"client", "pc", "Exodus 0.9.1", ""}};
  info.features = {"http://jabber.org/protocol/caps", "http://jabber.org/protocol/disco#info",
                   "http://jabber.org/protocol/disco#items", "http://jabber.org/protocol/muc"};
  return info;
}

// The examples of XEP-0115 5.2 and 5.3.
TEST(Capabilities, TheVersionIsThatOfTheSpecification) {
  EXPECT_EQ(capabilities_version(exodus()), "QgayPKawpkPSDYmwT/WM94uAlu0=");
  auto psi = exodus();
  psi.identities = {{"client", "pc", "Psi 0.11", "en"}, {"client", "pc", "Ψ 0.11", "el"}};
  DataForm software(FormType::result, "urn:xmpp:dataforms:softwareinfo");
  FormField ip;
  ip.name = "ip_version";
  ip.values = {"ipv6", "ipv4"};
  software.add(ip).add("os", "Mac").add("os_version", "10.5.1").add("software", "Psi").add("software_version", "0.11");
  psi.forms = {software};
  EXPECT_EQ(capabilities_version(psi), "q07IKJEyjvHSyhy//CH0CxmKi8w=");
}

// XEP-0115 5.4: an answer that could have been made to have the hash of another must not be kept for others.
TEST(Capabilities, AnIllFormedAnswerHasNoVersion) {
  auto twice = exodus();
  twice.features.push_back(twice.features.front());
  EXPECT_FALSE(capabilities_version(twice));
  auto same = exodus();
  same.identities.push_back(same.identities.front());
  EXPECT_FALSE(capabilities_version(same));
  auto forms = exodus();
  forms.forms = {DataForm(FormType::result, "a"), DataForm(FormType::result, "a")};
  EXPECT_FALSE(capabilities_version(forms));
  auto merged = exodus();
  merged.features = {"a<b"};
  EXPECT_FALSE(capabilities_version(merged));
}

TEST(Disco, InfoAndItemsSurviveWritingAndReading) {
  auto info = exodus();
  info.node = "n";
  info.identities.push_back({"client", "pc", "x", "de"});
  info.forms = {DataForm(FormType::result, "a")};
  const Parsed query(to_xml(info));
  EXPECT_EQ(to_xml(*DiscoInfo::parse(query.root())), to_xml(info));
  EXPECT_TRUE(info.has_feature("http://jabber.org/protocol/muc"));
  const DiscoItems items{"n", {{"a@b", "", ""}, {"c", "node", "name"}}};
  const Parsed list(to_xml(items));
  EXPECT_EQ(to_xml(*DiscoItems::parse(list.root())), to_xml(items));
}

}  // namespace
}  // namespace queqiao::xmpp
