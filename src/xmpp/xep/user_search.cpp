#include "xmpp/xep/user_search.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/data_form.h"

namespace queqiao::xmpp {
namespace {

constexpr std::array<std::string_view, 5> genders{"male", "female", "other", "none", "unknown"};
constexpr std::uint32_t oldest = 200;  // years; a larger age is a mistake

struct TextField {
  std::string_view name, label;
  std::string UserSearch::*wanted;
  std::string FoundUser::*found;
};
constexpr std::array<TextField, 6> text_fields{{
    {"user", "Number or user name", &UserSearch::user, &FoundUser::user},
    {"nick", "Nickname", &UserSearch::nick, &FoundUser::nick},
    {"first", "First name", &UserSearch::first, &FoundUser::first},
    {"last", "Family name", &UserSearch::last, &FoundUser::last},
    {"city", "City", &UserSearch::city, &FoundUser::city},
    {"gender", "Gender", &UserSearch::gender, &FoundUser::gender},
}};

StanzaError bad_request(std::string_view text) {
  return StanzaError::of(StanzaCondition::bad_request, text);
}

FormField field_of(std::string_view name, std::string_view label, FieldType type) {
  FormField field;
  field.name = name;
  field.label = label;
  field.type = type;
  return field;
}

std::optional<StanzaError> read_age(std::optional<std::uint32_t>& age, const DataForm& form, std::string_view name) {
  const auto text = form.text(name);
  if (!text || trim(*text).empty()) return std::nullopt;
  age = parse_number<std::uint32_t>(trim(*text));
  if (!age || *age > oldest) return bad_request("An age is a number of years.");
  return std::nullopt;
}

std::optional<StanzaError> read_form(UserSearch& search, const DataForm& form) {
  if (form.type() != FormType::submit) return bad_request("The form must be submitted.");
  for (const auto& field : text_fields) {
    if (const auto text = form.text(field.name)) search.*field.wanted = trim(*text);
  }
  if (auto error = read_age(search.age_from, form, "age-from")) return error;
  if (auto error = read_age(search.age_to, form, "age-to")) return error;
  search.is_online_only = form.boolean("online").value_or(false);
  return std::nullopt;
}

// The fields of the schema of 2004. 'nick' was all there was for the name of an account.
void read_plain(UserSearch& search, const xml::Element& query) {
  search.has_form = false;
  search.first = trim(query.child("first").text());
  search.last = trim(query.child("last").text());
  search.nick = trim(query.child("nick").text());
}

void write_form(xml::Writer& writer, const FoundUsers& found) {
  DataForm form(FormType::result, ns::user_search);
  form.reported.push_back(field_of("jid", "Address", FieldType::jid_single));
  for (const auto& field : text_fields) {
    form.reported.push_back(field_of(field.name, field.label, FieldType::text_single));
  }
  form.reported.push_back(field_of("age", "Age", FieldType::text_single));
  form.reported.push_back(field_of("online", "Online", FieldType::boolean));
  for (const auto& user : found.users) {
    DataForm row;
    row.add("jid", user.jid.text());
    for (const auto& field : text_fields) row.add(field.name, user.*field.found);
    row.add("age", user.age ? std::to_string(*user.age) : std::string());
    row.add("online", user.is_online ? "1" : "0");
    form.items.push_back(std::move(row.fields));
  }
  form.write(writer);
}

void write_plain(xml::Writer& writer, const FoundUser& user) {
  writer.open("item").attribute("jid", user.jid.text());
  writer.open("first").text(user.first).close();
  writer.open("last").text(user.last).close();
  writer.open("nick").text(user.nick).close();
  writer.open("email").close().close();
}

std::optional<FoundUser> read_row(const DataForm::Row& row) {
  DataForm form(FormType::result);
  form.fields = row;
  const auto jid = form.jid("jid");
  if (!jid) return std::nullopt;
  FoundUser user{.jid = *jid, .user = {}, .nick = {}, .first = {}, .last = {}, .city = {}, .gender = {}};
  for (const auto& field : text_fields) user.*field.found = form.text(field.name).value_or(std::string_view());
  user.age = form.number<std::uint32_t>("age");
  user.is_online = form.boolean("online").value_or(false);
  return user;
}

std::optional<FoundUser> read_item(const xml::Element& item) {
  const auto jid = Jid::parse(item.attribute("jid"));
  if (!jid) return std::nullopt;
  FoundUser user{.jid = *jid,
                 .user = std::string(jid->local()),
                 .nick = item.child("nick").text(),
                 .first = item.child("first").text(),
                 .last = item.child("last").text(),
                 .city = {},
                 .gender = {}};
  return user;
}

bool is_gender(std::string_view text) {
  for (const auto gender : genders) {
    if (text == gender) return true;
  }
  return false;
}

}  // namespace

std::variant<UserSearch, StanzaError> UserSearch::parse(const xml::Element& query) {
  UserSearch search;
  const auto page = ResultSetRequest::find(query);
  if (!page) return bad_request("The page that was asked for cannot be read.");
  search.page = *page;
  if (const auto x = query.child("x", ns::data_forms)) {
    const auto form = DataForm::parse(x);
    if (!form) return bad_request("The form cannot be read.");
    if (auto error = read_form(search, *form)) return *std::move(error);
  } else {
    read_plain(search, query);
  }
  if (!search.gender.empty() && !is_gender(search.gender)) return bad_request("There is no such choice of gender.");
  return search;
}

void UserSearch::write(xml::Writer& writer) const {
  DataForm form(FormType::submit, ns::user_search);
  for (const auto& field : text_fields) {
    if (!(this->*field.wanted).empty()) form.add(field.name, this->*field.wanted);
  }
  if (age_from) form.add("age-from", std::to_string(*age_from));
  if (age_to) form.add("age-to", std::to_string(*age_to));
  if (is_online_only) form.add("online", "1", FieldType::boolean);
  writer.open("query", ns::user_search);
  form.write(writer);
  page.write(writer);
  writer.close();
}

void write_user_search_form(xml::Writer& writer) {
  constexpr std::string_view help = "Fill in one field or more. All of them must fit.";
  DataForm form(FormType::form, ns::user_search);
  form.title = "Find people";
  form.instructions.emplace_back(help);
  for (const auto& field : text_fields) {
    if (field.name != "gender") form.add(field_of(field.name, field.label, FieldType::text_single));
  }
  auto gender = field_of("gender", "Gender", FieldType::list_single);
  for (const auto value : genders) gender.options.push_back({std::string(value), std::string(value)});
  form.add(std::move(gender));
  form.add(field_of("age-from", "Age from", FieldType::text_single));
  form.add(field_of("age-to", "Age to", FieldType::text_single));
  form.add(field_of("online", "Online now", FieldType::boolean));
  writer.open("query", ns::user_search).open("instructions").text(help).close();
  for (const auto* name : {"first", "last", "nick"}) writer.open(name).close();
  form.write(writer);
  writer.close();
}

std::optional<FoundUsers> FoundUsers::parse(const xml::Element& query) {
  if (!query.is("query", ns::user_search)) return std::nullopt;
  FoundUsers found;
  found.page = ResultSet::find(query);
  if (const auto form = DataForm::find(query)) {
    for (const auto& row : form->items) {
      if (auto user = read_row(row)) found.users.push_back(*std::move(user));
    }
    return found;
  }
  found.has_form = false;
  for (const auto child : query.children()) {
    if (!child.is("item", ns::user_search)) continue;
    if (auto user = read_item(child)) found.users.push_back(*std::move(user));
  }
  return found;
}

void FoundUsers::write(xml::Writer& writer) const {
  writer.open("query", ns::user_search);
  if (has_form) {
    write_form(writer, *this);
  } else {
    for (const auto& user : users) write_plain(writer, user);
  }
  if (has_form) page.write(writer);
  writer.close();
}

std::optional<ProfilePrivacy> ProfilePrivacy::parse(const xml::Element& privacy, const ProfilePrivacy& before) {
  const auto form = DataForm::find(privacy);
  if (!privacy.is("privacy", ns::profile_privacy) || !form) return std::nullopt;
  ProfilePrivacy read = before;
  for (const auto& [name, value] : {std::pair("found-by-user", &ProfilePrivacy::is_found_by_user),
                                    std::pair("found-by-profile", &ProfilePrivacy::is_found_by_profile),
                                    std::pair("shows-online", &ProfilePrivacy::shows_online)}) {
    if (!form->field(name)) continue;
    const auto wanted = form->boolean(name);
    if (!wanted) return std::nullopt;
    read.*value = *wanted;
  }
  return read;
}

void ProfilePrivacy::write(xml::Writer& writer) const {
  DataForm form(FormType::form, ns::profile_privacy);
  form.add("found-by-user", is_found_by_user ? "1" : "0", FieldType::boolean);
  form.fields.back().label = "People find me by my number or user name";
  form.add("found-by-profile", is_found_by_profile ? "1" : "0", FieldType::boolean);
  form.fields.back().label = "People find me by nickname, name, city, age or gender";
  form.add("shows-online", shows_online ? "1" : "0", FieldType::boolean);
  form.fields.back().label = "People who find me see whether I am online";
  writer.open("privacy", ns::profile_privacy);
  form.write(writer);
  writer.close();
}

}  // namespace queqiao::xmpp
