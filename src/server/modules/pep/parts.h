#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/hash.h"
#include "server/module.h"
#include "server/personal_node.h"
#include "server/shard.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/result_set.h"

// The parts of the module pep.
namespace queqiao::server::pep {

// A stanza error with the condition of XEP-0060 that says it more exactly; `feature` goes with "unsupported".
xmpp::StanzaError error(xmpp::StanzaCondition condition, std::string_view specific, std::string_view text = {},
                        std::string_view feature = {});
xmpp::StanzaError unsupported(std::string_view feature);
// Why `who` may not read the node, or that there is none; nothing when it may.
std::optional<xmpp::StanzaError> refusal(const User& owner, const PersonalNode* node, const xmpp::Jid& who);
// Has subscribed to the node by itself.
bool is_subscriber(const PersonalNode& node, const xmpp::Jid& who);
// The name in 'node' of `element`, for a request about one node: an answer with the error is sent when it cannot be
// one.
std::optional<std::string> node_name(IqRequest& request, const xml::Element& element);
// What has been taken from `form` fits the limits of this server; else the name of the field that does not.
std::optional<std::string> apply(xmpp::NodeConfig& config, const xmpp::DataForm& form, bool is_strict,
                                 const Config& limits);
// Answers when the store has.
UniqueFunction<void(Result<void>)> answer_with(IqRequest request, std::string payload = {});

// A node's items in pages (XEP-0059): what the store is asked for, and where its answer is in the whole. That says
// every answer that is not the whole, asked for in pages or cut at a limit.
storage::PubsubQuery page_query(const xmpp::ResultSetRequest& page, const Config& config);
std::optional<xmpp::ResultSet> place_of(const storage::PubsubPage& page, const xmpp::ResultSetRequest& asked);

// XEP-0060 7 and 6.5: the owner publishes and takes back, readers read.
void publish(Shard& shard, IqRequest request);
void retract(Shard& shard, IqRequest request);
void retrieve(Shard& shard, IqRequest request);

// 8: the owner's nodes.
void create(Shard& shard, IqRequest request);
void configure(Shard& shard, IqRequest request);
void show_default(Shard& shard, IqRequest request);
void remove(Shard& shard, IqRequest request);
void purge(Shard& shard, IqRequest request);
void manage_affiliations(Shard& shard, IqRequest request);
void manage_subscriptions(Shard& shard, IqRequest request);

// 6.1, 6.2, 5.6, 5.7: what others have to do with a node.
void subscribe(Shard& shard, IqRequest request);
void unsubscribe(Shard& shard, IqRequest request);
void list_subscriptions(Shard& shard, IqRequest request);
void list_affiliations(Shard& shard, IqRequest request);

// 5.2 to 5.5 and XEP-0163 6: hooks of service discovery. False: it is not about something that the asker may see.
bool show_node(IqRequest& request);
bool list_nodes(Shard& shard, IqRequest& request);

// The newest items for clients that have come online. Each node's item once while a client is available, and all of
// them again no sooner than 30 seconds later: every greeting makes the store read for every contact.
class Greetings {
 public:
  explicit Greetings(Shard& shard) : shard_(shard) {}

  void greet(Session& session);
  void left(const Session& session);   // it is unavailable
  void ended(const Session& session);  // there will be no more of it

 private:
  struct Past {
    TimePoint since{};
    std::vector<std::shared_ptr<const Interests>> had;
    bool is_over = false;  // the client has been unavailable since
    EventLoop::TimerId again = 0;
  };

  void defer(std::uint64_t session, Past& past, TimePoint until);
  static std::shared_ptr<const Interests> unseen(const Past& past, const std::shared_ptr<const Interests>& wanted);

  Shard& shard_;
  std::unordered_map<std::uint64_t, Past> past_;  // by session
};

// Which events each client wants: XEP-0115. A client announces a hash of what it can do; the answer to the question
// what that is is kept for all who announce the same hash only when it has that hash (5.4, 6.2), and for that client
// alone otherwise.
class ClientCapabilities {
 public:
  explicit ClientCapabilities(Shard& shard) : shard_(shard) {}

  void announced(Session& session, const xml::Element& presence);  // an available presence, not directed
  void left(Session& session);                                     // it is unavailable
  void ended(Session& session);
  bool answered(Session& session, const xml::Element& iq);  // true: it was asked here

 private:
  using Known = std::shared_ptr<const Interests>;
  struct Question {
    std::uint64_t number = 0;
    std::string version;
  };

  void ask(Session& session, const std::string& version, const std::string& node);
  void learned(const Known& known);
  void give(Session& session, Known known);
  void withdraw(std::uint64_t session);  // announces something else, or has answered
  Known find(std::string_view version);
  void keep(Known known);

  Shard& shard_;
  Greetings greetings_{shard_};
  // What is asked and not answered: one question a session at most, so there is no other limit.
  std::unordered_map<std::uint64_t, Question> questions_;  // by session
  TextMap<std::unordered_set<std::uint64_t>> asked_;       // the sessions of these, by version
  std::list<Known> recent_;                                // verified ones, the one used last in front; bounded
  TextMap<std::list<Known>::iterator> known_;
  std::uint64_t last_question_ = 0;
};

}  // namespace queqiao::server::pep
