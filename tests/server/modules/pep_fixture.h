#pragma once

#include <gtest/gtest.h>

#include "../test_server.h"
#include "server/shard.h"
#include "xmpp/xep/disco.h"
#include "xmpp/xep/payload.h"

namespace queqiao::server::testing {

inline constexpr std::string_view tune = "<tune xmlns='http://jabber.org/protocol/tune'><title>T</title></tune>";

inline std::string options(const std::vector<std::pair<std::string, std::string>>& fields,
                           const std::string& form = "http://jabber.org/protocol/pubsub#publish-options") {
  std::string xml =
      "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE' type='hidden'><value>" + form + "</value></field>";
  for (const auto& [name, value] : fields) {
    xml += "<field var='pubsub#" + name + "'><value>" + value + "</value></field>";
  }
  return xml + "</x>";
}

inline const auto whitelist = std::vector<std::pair<std::string, std::string>>{{"access_model", "whitelist"}};

// An account with nodes, and people who look at them.
struct Pep : ::testing::Test {
  static Config config() {
    Config config;
    config.pep_nodes = 4;
    config.pep_items = 5;
    config.pep_item_bytes = 2'000;
    config.pep_subscribers = 2;
    config.known_capabilities = 2;
    return config;
  }
  TestServer server{{"pep", "presence", "subscriptions", "roster", "disco", "blocking", "carbons", "archive", "csi",
                     "displayed_sync", "bookmarks", "user_search", "vcard", "vcard4", "private_storage"},
                    config()};

  // Made in the store: what led to it is tested with subscriptions.
  void subscribe(const std::string& owner, const std::string& contact, storage::Subscription subscription,
                 std::vector<std::string> groups = {}) {
    server.create_account(owner);
    storage::RosterItem item;
    item.jid = contact + "@localhost";
    item.subscription = subscription;
    item.groups = std::move(groups);
    server.store().put_roster_item(owner, item, {});
    server.run();
  }
  void befriend(const std::string& a, const std::string& b) {
    subscribe(a, b, storage::Subscription::both);
    subscribe(b, a, storage::Subscription::both);
  }

  static std::string ask(TestClient& client, const std::string& type, const std::string& to,
                         const std::string& payload) {
    client.received();
    const auto address = to.empty() ? std::string() : " to='" + to + "'";
    client.send("<iq type='" + type + "' id='q'" + address + ">" + payload + "</iq>");
    std::string answer;
    for (const auto& stanza : client.received()) {
      if (stanza.element().name() == "iq" && stanza.element().attribute("id") == "q") answer = stanza.text();
    }
    return answer;
  }
  static std::string pubsub(TestClient& client, const std::string& type, const std::string& payload,
                            const std::string& to = {}) {
    return ask(client, type, to, "<pubsub xmlns='http://jabber.org/protocol/pubsub'>" + payload + "</pubsub>");
  }
  static std::string owner(TestClient& client, const std::string& type, const std::string& payload,
                           const std::string& to = {}) {
    return ask(client, type, to, "<pubsub xmlns='http://jabber.org/protocol/pubsub#owner'>" + payload + "</pubsub>");
  }
  static std::string publish(TestClient& client, const std::string& node, const std::string& id,
                             const std::string& form = {}, std::string_view payload = tune) {
    const auto demanded = form.empty() ? std::string() : "<publish-options>" + form + "</publish-options>";
    return pubsub(
        client, "set",
        "<publish node='" + node + "'><item id='" + id + "'>" + std::string(payload) + "</item></publish>" + demanded);
  }
  static std::string items(TestClient& client, const std::string& node, const std::string& to = {},
                           const std::string& more = {}) {
    return pubsub(client, "get", "<items node='" + node + "'/>" + more, to);
  }
  // The ids of the items in an answer, in its order.
  static std::string ids(const std::string& answer) {
    std::string found;
    for (std::size_t at = 0; (at = answer.find("<item id='", at)) != std::string::npos;) {
      at += 10;
      found += answer.substr(at, answer.find('\'', at) - at);
    }
    return found;
  }

  static xmpp::DiscoInfo software(const std::vector<std::string>& nodes) {
    xmpp::DiscoInfo info;
    info.identities.push_back({"client", "pc", "Test", {}});
    for (const auto& node : nodes) info.features.push_back(node + "+notify");
    return info;
  }
  // Becomes available as a client that wants events of `nodes`, and answers when it is asked what its version means.
  // True: it was asked.
  static bool appear(TestClient& client, const std::vector<std::string>& nodes, const std::string& more = {}) {
    const auto info = software(nodes);
    const auto caps = xmpp::to_xml(xmpp::Capabilities{"urn:test", *xmpp::capabilities_version(info)});
    client.send("<presence>" + caps + more + "</presence>");
    return answer_question(client, info);
  }
  static bool answer_question(TestClient& client, xmpp::DiscoInfo info) {
    for (const auto& stanza : client.received()) {
      const auto query = stanza.element().child("query", "http://jabber.org/protocol/disco#info");
      if (stanza.element().attribute("type") != "get" || !query) continue;
      info.node = query.attribute("node");
      client.send("<iq type='result' to='" + std::string(stanza.element().attribute("from")) + "' id='" +
                  std::string(stanza.element().attribute("id")) + "'>" + xmpp::to_xml(info) + "</iq>");
      return true;
    }
    return false;
  }
};

}  // namespace queqiao::server::testing
