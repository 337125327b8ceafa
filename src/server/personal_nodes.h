#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/function.h"
#include "base/result.h"
#include "server/user.h"
#include "storage/store.h"

namespace queqiao::server {

class Shard;

// The nodes of this shard's accounts (XEP-0163): who may read them, what changes them, and who is told. Modules that
// publish on a user's behalf use it as the protocol does. A change is in memory at once, so that the next one builds
// upon it, and is taken back when the store fails; `done` runs when it is durable or has failed, and only after that is
// anybody told. Used on its shard's thread only.
class PersonalNodes {
 public:
  using Done = UniqueFunction<void(Result<void>)>;

  explicit PersonalNodes(Shard& shard) : shard_(shard) {}

  static PersonalNode* find(User& owner, std::string_view name);
  // By XEP-0060 4.5. Blocking is not asked for.
  static bool may_read(const User& owner, const PersonalNode& node, const xmpp::Jid& reader);

  // Makes the node, or changes its configuration and its lists.
  void put(User& owner, PersonalNode node, Done done);
  // The same, with an item, which replaces one of the same id. `item.published` is set here.
  void publish(User& owner, PersonalNode node, storage::PubsubItem item, Done done);
  void retract(User& owner, std::string_view name, const std::string& id, bool is_told, Done done);  // not_found
  void purge(User& owner, std::string_view name, Done done);
  void remove(User& owner, std::string_view name, Done done);  // the node must be there

  // The newest items of the nodes that are `wanted`, the session's own user's and the contacts' (XEP-0163 4.3.4).
  void greet(Session& session, std::shared_ptr<const Interests> wanted);
  // The same from one owner: to all sessions of a user who sees the owner from now on, or to a contact who does.
  void greet(User& user, const xmpp::Jid& owner);
  void welcome(const User& owner, const xmpp::Jid& contact);
  // The newest item to a new subscriber (XEP-0060 6.1.7).
  void greet_subscriber(const User& owner, const PersonalNode& node, const xmpp::Jid& subscriber);

 private:
  struct Change;
  struct Notice;
  struct Reader;
  struct Newcomer;
  using Readers = std::vector<Reader>;

  Change begin(User& owner, PersonalNode node);
  // True when the change is durable; else memory is as it was before.
  bool settle(const Change& change, const Result<void>& outcome);
  static void undo(User& owner, const Change& change);
  void item_stored(const Change& change, const storage::PubsubItem& item);
  void published(const std::string& owner, const std::string& node, const storage::PubsubItem* item);

  void notify(const User& owner, const PersonalNode& node, std::string event);
  std::vector<Readers> readers_of(const User& owner, const PersonalNode& node) const;
  void tell(const Notice& notice, const Readers& readers);
  void tell(const Notice& notice, User& user, const Reader& reader);
  void greet_from(const User& owner, const Newcomer& newcomer);
  void send_newest(const User& owner, const PersonalNode& node, const xmpp::Jid& to);
  bool is_blocked(const User& user, const xmpp::Jid& other) const;

  Shard& shard_;
  std::uint64_t last_revision_ = 0;
};

}  // namespace queqiao::server
