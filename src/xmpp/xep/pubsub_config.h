#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xmpp/xep/data_form.h"

// The configuration of a node: XEP-0060 8.2 and 16.4.4. Pure values: any thread.
namespace queqiao::xmpp {

// 4.5: who may subscribe and read, besides the owner. Those who see the owner's presence; the members of some of the
// owner's roster groups; those on a list.
enum class AccessModel : unsigned char { open, presence, roster, whitelist };

// When a subscriber gets the newest item unasked: never, on subscribing, also on coming online.
enum class SendLast : unsigned char { never, on_subscribe, on_subscribe_and_presence };

// The defaults are those of XEP-0163 5; max_items 1, since an event replaces the one before.
struct NodeConfig {
  static constexpr std::uint32_t all_items =
      std::numeric_limits<std::uint32_t>::max();  // "max": what the service allows

  AccessModel access = AccessModel::presence;
  SendLast send_last = SendLast::on_subscribe_and_presence;
  std::uint32_t max_items = 1;
  bool persists_items = true;
  bool delivers_notifications = true;
  bool delivers_payloads = true;
  bool notifies_retract = true;
  bool notifies_delete = true;
  bool notifies_config = false;
  bool is_headline = true;                 // notification_type; else normal
  std::vector<std::string> roster_groups;  // with AccessModel::roster
  std::string title, description, type;    // `type` is the payload's namespace

  // Takes over what `form` says. The answer is the first field with a value that cannot be had or, when `is_strict`,
  // that is not known: nothing is changed then. Publish-options are strict: an option that is passed over may be the
  // one that keeps private data private (XEP-0223).
  std::optional<std::string> apply(const DataForm& form, bool is_strict);
  // 7.1.5: every field of `form` says what is the case already.
  bool meets(const DataForm& form) const;
  // As a form to fill in, with labels and choices, or as one that is sent (publish-options, a stored node).
  DataForm form(FormType type, std::string_view form_type = "http://jabber.org/protocol/pubsub#node_config") const;

  bool operator==(const NodeConfig&) const = default;
};

std::string_view name_of(AccessModel access);  // "open", "presence", ...

}  // namespace queqiao::xmpp
