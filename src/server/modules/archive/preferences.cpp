// XEP-0441 Message Archive Management Preferences 0.2.
#include <algorithm>

#include "server/modules/archive/parts.h"
#include "xml/writer.h"
#include "xmpp/namespaces.h"

namespace queqiao::server::archive {
namespace {

constexpr std::string_view login_key = "archive-preferences";

std::string_view name_of(Preferences::Default fallback) {
  switch (fallback) {
    case Preferences::Default::never:
      return "never";
    case Preferences::Default::roster:
      return "roster";
    case Preferences::Default::always:
      break;
  }
  return "always";
}

std::optional<Preferences::Default> default_of(std::string_view name) {
  for (const auto value : {Preferences::Default::always, Preferences::Default::never, Preferences::Default::roster}) {
    if (name == name_of(value)) return value;
  }
  return std::nullopt;
}

std::optional<std::vector<xmpp::Jid>> read_jids(const xml::Element& list) {
  std::vector<xmpp::Jid> jids;
  for (const auto child : list.children()) {
    if (!child.is("jid", xmpp::ns::archive)) continue;
    auto jid = xmpp::Jid::parse(child.text());
    if (!jid) return std::nullopt;
    jids.push_back(*std::move(jid));
  }
  return jids;
}

std::variant<Preferences, xmpp::StanzaCondition> read(const xml::Element& prefs) {
  const auto fallback = default_of(prefs.attribute("default"));
  if (!fallback) return xmpp::StanzaCondition::bad_request;
  auto always = read_jids(prefs.child("always"));
  auto never = read_jids(prefs.child("never"));
  if (!always || !never) return xmpp::StanzaCondition::jid_malformed;
  return Preferences{*fallback, *std::move(always), *std::move(never)};
}

void write_jids(xml::Writer& writer, std::string_view name, const std::vector<xmpp::Jid>& jids) {
  writer.open(name);
  for (const auto& jid : jids) writer.open("jid").text(jid.text()).close();
  writer.close();
}

std::string to_xml(const Preferences& preferences) {
  std::string out;
  xml::Writer writer(out);
  writer.open("prefs", xmpp::ns::archive).attribute("default", name_of(preferences.fallback));
  write_jids(writer, "always", preferences.always);
  write_jids(writer, "never", preferences.never);
  writer.close();
  return out;
}

Preferences preferences_of(const User& user) {
  const auto stored = user.login_data.find(login_key);
  xml::Document document;
  if (stored == user.login_data.end() || xml::parse_element(stored->second, document) != xml::ParseError::none)
    return {};
  const auto preferences = read(document.root());
  const auto* found = std::get_if<Preferences>(&preferences);
  return found ? *found : Preferences{};
}

bool names(const std::vector<xmpp::Jid>& jids, const xmpp::Jid& other) {
  return std::any_of(jids.begin(), jids.end(),
                     [&](const xmpp::Jid& jid) { return jid == other || jid.text() == other.bare_text(); });
}

void set_preferences(Shard& shard, IqRequest request) {
  const auto read_ones = read(request.payload);
  if (const auto* refusal = std::get_if<xmpp::StanzaCondition>(&read_ones)) return request.reply_error(*refusal);
  const auto& preferences = std::get<Preferences>(read_ones);
  if (preferences.always.size() + preferences.never.size() > shard.config().archive_preferences) {
    return request.reply_error(xmpp::StanzaCondition::resource_constraint, "Too many addresses.");
  }
  auto text = to_xml(preferences);
  const std::string name = request.user->name;
  auto then = [&shard, name, text, request = std::move(request)](Result<void> done) mutable {
    if (!done) return request.reply_error(done.error());
    if (User* user = shard.users().find(name)) user->login_data.insert_or_assign(std::string(login_key), text);
    request.reply(text);
  };
  shard.store().put_data(name, "login", std::string(login_key), std::move(text), {&shard.loop(), std::move(then)});
}

}  // namespace

bool Preferences::wants(const User& owner, const xmpp::Jid& other) const {
  if (names(never, other)) return false;
  if (names(always, other)) return true;
  if (fallback == Default::roster) return owner.contact(other.bare_text()) != nullptr;
  return fallback == Default::always;
}

bool wants_archived(const User& user, const xmpp::Jid& other) {
  if (user.login_data.find(login_key) == user.login_data.end()) return true;
  return preferences_of(user).wants(user, other);
}

void answer_preferences(Shard& shard, IqRequest request) {
  if (!request.is_own_account()) return request.reply_error(xmpp::StanzaCondition::forbidden);
  if (request.is_set()) return set_preferences(shard, std::move(request));
  request.reply(to_xml(preferences_of(*request.user)));
}

}  // namespace queqiao::server::archive
