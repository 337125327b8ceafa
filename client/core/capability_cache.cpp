#include "client/core/capability_cache.h"

#include <utility>

#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "xmpp/xep/payload.h"

namespace queqiao::client {
namespace {

constexpr qsizetype most_versions = 500;

QString key_of(const xmpp::Capabilities& announced) {
  return to_qt(announced.hash) + " " + to_qt(announced.version);
}

bool is_checkable(const std::optional<xmpp::Capabilities>& announced) {
  return announced && announced->hash == "sha-1" && !announced->version.empty();
}

}  // namespace

bool is_genuine(const xmpp::DiscoInfo& info, const xmpp::Capabilities& announced) {
  const auto version = xmpp::capabilities_version(info);
  return announced.hash == "sha-1" && version && *version == announced.version;
}

CapabilityCache::CapabilityCache(Session& session, QObject* parent) : QObject(parent), session_(session) {}

const xmpp::DiscoInfo* CapabilityCache::info(const xmpp::Jid& full_jid,
                                             const std::optional<xmpp::Capabilities>& announced) {
  if (is_checkable(announced)) {
    const auto version = by_version_.constFind(key_of(*announced));
    if (version != by_version_.constEnd()) return &*version;
  }
  const auto own = by_jid_.constFind(to_qt(full_jid.text()));
  if (own != by_jid_.constEnd()) return &*own;
  ask(full_jid, announced);
  return nullptr;
}

void CapabilityCache::ask(const xmpp::Jid& full_jid, const std::optional<xmpp::Capabilities>& announced) {
  const auto mark = is_checkable(announced) ? key_of(*announced) : to_qt(full_jid.text());
  if (asked_.contains(mark) || !session_.is_online()) return;
  asked_.insert(mark);
  xmpp::DiscoInfo question;
  if (announced) question.node = announced->node + "#" + announced->version;
  session_.request(xmpp::IqType::get, full_jid, xmpp::to_xml(question),
                   [this, full_jid, announced](const xmpp::IqAnswer& answer) {
                     auto info = answer.is_result() ? xmpp::DiscoInfo::parse(answer.iq.first_child()) : std::nullopt;
                     if (info) take(full_jid, announced, *std::move(info));
                   });
}

void CapabilityCache::take(const xmpp::Jid& full_jid, const std::optional<xmpp::Capabilities>& announced,
                           xmpp::DiscoInfo info) {
  if (by_version_.size() + by_jid_.size() >= most_versions) forget_all();
  if (is_checkable(announced) && is_genuine(info, *announced)) {
    by_version_.insert(key_of(*announced), std::move(info));
  } else {
    by_jid_.insert(to_qt(full_jid.text()), std::move(info));
    // Others who announce the same are asked themselves.
    if (announced) asked_.remove(key_of(*announced));
  }
  emit known(to_qt(full_jid.text()));
}

void CapabilityCache::forget(const xmpp::Jid& full_jid) {
  by_jid_.remove(to_qt(full_jid.text()));
  asked_.remove(to_qt(full_jid.text()));
}

void CapabilityCache::forget_all() {
  by_jid_.clear();
  asked_.clear();
  if (by_version_.size() >= most_versions) by_version_.clear();
}

}  // namespace queqiao::client
