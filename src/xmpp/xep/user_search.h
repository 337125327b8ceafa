#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "xml/element.h"
#include "xml/writer.h"
#include "xmpp/jid.h"
#include "xmpp/stanza.h"
#include "xmpp/xep/result_set.h"

// XEP-0055 Jabber Search 1.2 with the fields of docs/protocol/search.md. Pure values: any thread.
namespace queqiao::xmpp {

namespace ns {
inline constexpr std::string_view user_search = "jabber:iq:search";
inline constexpr std::string_view profile_privacy = "urn:queqiao:profile-privacy:0";
}  // namespace ns

// Whom somebody looks for. What is empty matters not; all the rest must fit.
struct UserSearch {
  std::string user;                     // number or user name, exactly
  std::string nick, first, last, city;  // the beginning of it, whatever the case
  std::string gender;                   // "male", "female", "other", "none" or "unknown" (XEP-0292's sex as a word)
  std::optional<std::uint32_t> age_from, age_to;  // years, inclusive
  bool is_online_only = false;
  ResultSetRequest page;
  bool has_form = true;  // asked with a data form, and answered with one; else with the fields of 2004

  // Reads <query xmlns='jabber:iq:search'/> of an IQ set; else the stanza error that the asker deserves.
  static std::variant<UserSearch, StanzaError> parse(const xml::Element& query);
  void write(xml::Writer& writer) const;
};

// The answer to <iq type='get'><query/></iq>: fields for old clients, and the form.
void write_user_search_form(xml::Writer& writer);

// Somebody who was found, as far as the profile is public.
struct FoundUser {
  Jid jid;           // bare
  std::string user;  // number or user name
  std::string nick, first, last, city, gender;
  std::optional<std::uint32_t> age;
  bool is_online = false;
};

struct FoundUsers {
  std::vector<FoundUser> users;
  ResultSet page;
  bool has_form = true;

  // Reads the answer in either form; rows without a JID are left out. Nothing when it is no such query.
  static std::optional<FoundUsers> parse(const xml::Element& query);
  void write(xml::Writer& writer) const;
};

// How one can be found: docs/protocol/search.md.
struct ProfilePrivacy {
  bool is_found_by_user = true;     // by exact number or user name
  bool is_found_by_profile = true;  // by nickname, name, city, age, gender
  bool shows_online = true;         // to those who find one

  // The form among the children of <privacy xmlns='urn:queqiao:profile-privacy:0'/>; what it leaves out is as it was in
  // `before`. Nothing when there is none, or when a value is no boolean.
  static std::optional<ProfilePrivacy> parse(const xml::Element& privacy, const ProfilePrivacy& before);
  static std::optional<ProfilePrivacy> parse(const xml::Element& privacy) { return parse(privacy, {}); }
  void write(xml::Writer& writer) const;
};

}  // namespace queqiao::xmpp
