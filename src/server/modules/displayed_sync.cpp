// XEP-0490 Message Displayed Synchronization 0.1.0, server assist: a message with a displayed marker may also say up to
// where the sender's own devices have shown the chat. The server takes that out and publishes it on the sender's
// behalf, so that no second request is needed.
#include <utility>

#include "base/log.h"
#include "server/shard.h"
#include "xmpp/namespaces.h"

namespace queqiao::server {
namespace {

constexpr std::string_view displayed_ns = "urn:xmpp:mds:displayed:0";

// 3.1: exactly one stanza-id. What it says is the client's affair.
bool is_sound(const xml::Element& displayed) {
  int ids = 0;
  for (const auto child : displayed.children()) ids += child.is("stanza-id", xmpp::ns::stanza_ids) ? 1 : 0;
  return ids == 1;
}

// 4.1 and XEP-0223: nobody else may read it. Some open node that was there before must not take in what is private.
bool is_private(const PersonalNode& node) {
  return node.config.access == xmpp::AccessModel::whitelist;
}

PersonalNode private_node() {
  PersonalNode node{.name = std::string(displayed_ns)};
  node.config.access = xmpp::AccessModel::whitelist;
  node.config.max_items = xmpp::NodeConfig::all_items;
  node.config.send_last = xmpp::SendLast::never;
  return node;
}

class DisplayedSync final : public Module {
 public:
  void attach(Shard& shard) override {
    shard_ = &shard;
    shard.advertise_account("urn:xmpp:mds:server-assist:0");
    // In the last phase before it is stored and copied: the message is not refused any more.
    shard.hooks().copy.push_back([this](OutgoingMessage& outgoing) {
      take_out(outgoing);
      return std::nullopt;
    });
  }

 private:
  void take_out(OutgoingMessage& outgoing) {
    const auto displayed = outgoing.element.child("displayed", displayed_ns);
    if (!displayed) return;
    outgoing.taken_out.push_back(displayed_ns);
    Session* session = shard_->session(outgoing.message.origin.session);
    const bool is_meant = outgoing.message.type != xmpp::MessageType::error && !outgoing.message.is_repeated;
    if (session && is_meant && is_sound(displayed)) publish(*session, outgoing.message.to, displayed);
  }

  // The store writes in order: when the message is durable, so is this.
  void publish(Session& session, const xmpp::Jid& chat, const xml::Element& displayed) {
    User& user = session.user();
    const auto* there = PersonalNodes::find(user, displayed_ns);
    if (there ? !is_private(*there) : user.nodes.size() >= shard_->config().pep_nodes) return;
    storage::PubsubItem item{chat.text(), {}, {}};
    xml::write(item.payload, displayed, {});
    if (item.payload.size() > shard_->config().pep_item_bytes) return;
    session.add_request();  // so that whoever sends many waits for the store
    auto done = [this, id = session.id(), name = user.name](Result<void> outcome) {
      if (!outcome) log::warning("what {} has seen is not published: {}", name, outcome.error().message);
      Session* now = shard_->session(id);
      if (!now) return;
      now->remove_request();
      shard_->release(id, 0);  // the connection may wait for it
    };
    shard_->nodes().publish(user, there ? *there : private_node(), std::move(item), std::move(done));
  }

  Shard* shard_ = nullptr;  // not owned
};

}  // namespace
}  // namespace queqiao::server

QUEQIAO_MODULE(displayed_sync, DisplayedSync)
