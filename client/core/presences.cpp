#include "client/core/presences.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "xmpp/stanza.h"

namespace queqiao::client {
namespace {

constexpr std::chrono::seconds settling_time{3};
constexpr qsizetype most_people = 20'000;
constexpr std::size_t most_resources = 50;  // of one person
constexpr qsizetype longest_signature = 500;

Status status_of(std::string_view show) {
  if (show == "away" || show == "xa") return Status::away;
  if (show == "dnd") return Status::busy;
  return Status::online;
}

bool goes_before(const Resource& a, const Resource& b) {
  const auto rank = [](Status status) { return status == Status::online ? 0 : status == Status::busy ? 1 : 2; };
  return std::tuple(-a.priority, rank(a.status)) < std::tuple(-b.priority, rank(b.status));
}

}  // namespace

std::optional<Resource> read_resource(const xml::Element& presence) {
  auto jid = xmpp::Jid::parse(presence.attribute("from"));
  if (!jid || xmpp::presence_type(presence.attribute("type")) != xmpp::PresenceType::available) return std::nullopt;
  Resource resource;
  resource.jid = *std::move(jid);
  resource.status = status_of(presence.child("show").text());
  // RFC 6121 4.7.2.3: what is out of range or no number counts as none.
  const auto priority = parse_number<int>(presence.child("priority").text());
  if (priority && *priority >= -128 && *priority <= 127) resource.priority = *priority;
  resource.signature = to_qt(presence.child("status").text()).left(longest_signature);
  resource.capabilities = xmpp::Capabilities::find(presence);
  return resource;
}

Presences::Presences(Session& session, QObject* parent) : QObject(parent), session_(session), capabilities_(session) {
  settling_.setSingleShot(true);
  session_.on_presence([this](const xml::Element& presence) { return take(presence); });
  connect(&session_, &Session::online, this, [this](bool is_resumed) {
    if (is_resumed) {
      emit reset();
      return;
    }
    clear();
    settling_.start(settling_time);
  });
  // What is shown while the connection is away is that nobody is reached.
  connect(&session_, &Session::offline, this, [this] { emit reset(); });
  connect(&capabilities_, &CapabilityCache::known, this,
          [this](const QString& full_jid) { emit changed(bare(to_jid(full_jid))); });
}

const std::vector<Resource>& Presences::resources(const QString& bare_jid) const {
  static const std::vector<Resource> none;
  const auto person = people_.constFind(bare_jid);
  return person == people_.constEnd() || !session_.is_online() ? none : *person;
}

const Resource* Presences::best(const QString& bare_jid) const {
  const auto& all = resources(bare_jid);
  return all.empty() ? nullptr : &all.front();
}

std::optional<bool> Presences::has_feature(const xmpp::Jid& full_jid, std::string_view feature) {
  const auto& all = resources(bare(full_jid));
  const auto place = std::find_if(all.begin(), all.end(), [&](const Resource& one) { return one.jid == full_jid; });
  const auto announced = place == all.end() ? std::nullopt : place->capabilities;
  const auto* info = capabilities_.info(full_jid, announced);
  if (!info) return std::nullopt;
  return info->has_feature(feature);
}

QString Presences::program(const Resource& resource) {
  const auto* info = capabilities_.info(resource.jid, resource.capabilities);
  if (!info) return {};
  for (const auto& identity : info->identities) {
    if (identity.category == "client") return to_qt(identity.name);
  }
  return {};
}

// Others (subscription requests, avatars) read the same presences, so none is kept from them.
bool Presences::take(const xml::Element& presence) {
  const auto type = xmpp::presence_type(presence.attribute("type"));
  if (auto resource = read_resource(presence)) {
    put(*std::move(resource));
  } else if (type == xmpp::PresenceType::unavailable) {
    if (const auto jid = xmpp::Jid::parse(presence.attribute("from"))) remove(*jid);
  }
  return false;
}

void Presences::put(Resource resource) {
  const auto person = bare(resource.jid);
  if (!people_.contains(person) && people_.size() >= most_people) return;
  auto& all = people_[person];
  const bool was_offline = all.empty();
  std::erase_if(all, [&](const Resource& one) { return one.jid == resource.jid; });
  if (all.size() >= most_resources) return;
  all.push_back(std::move(resource));
  std::stable_sort(all.begin(), all.end(), goes_before);
  emit changed(person);
  if (was_offline && !settling_.isActive()) emit came_online(person);
}

void Presences::remove(const xmpp::Jid& full_jid) {
  const auto person = bare(full_jid);
  const auto place = people_.find(person);
  if (place == people_.end()) return;
  // RFC 6121 4.5.3: from a bare JID it is about all of them.
  std::erase_if(*place, [&](const Resource& one) { return full_jid.is_bare() || one.jid == full_jid; });
  if (place->empty()) people_.erase(place);
  capabilities_.forget(full_jid);
  emit changed(person);
}

void Presences::clear() {
  people_.clear();
  capabilities_.forget_all();
  emit reset();
}

}  // namespace queqiao::client
