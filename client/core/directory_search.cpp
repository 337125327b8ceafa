#include "client/core/directory_search.h"

#include <QStringList>
#include <utility>

#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/settings.h"
#include "client/core/stream_end_text.h"
#include "xml/writer.h"
#include "xmpp/xep/data_form.h"
#include "xmpp/xep/payload.h"

namespace queqiao::client {
namespace {

constexpr std::uint32_t page_size = 20;
constexpr qsizetype longest_field = 200;

std::string_view word_of(Gender gender) {
  switch (gender) {
    case Gender::male:
      return "male";
    case Gender::female:
      return "female";
    case Gender::other:
      return "other";
    case Gender::unknown:
      break;
  }
  return {};
}

Gender gender_of(std::string_view word) {
  for (const auto gender : {Gender::male, Gender::female, Gender::other}) {
    if (word == word_of(gender)) return gender;
  }
  return Gender::unknown;
}

std::optional<std::uint32_t> age_of(int years) {
  return years > 0 ? std::optional(static_cast<std::uint32_t>(years)) : std::nullopt;
}

// The schema of 2004, for directories without a form.
std::string write_old_fields(const xmpp::UserSearch& search) {
  std::string out;
  xml::Writer writer(out);
  writer.open("query", xmpp::ns::user_search);
  if (!search.first.empty()) writer.open("first").text(search.first).close();
  if (!search.last.empty()) writer.open("last").text(search.last).close();
  const auto& nick = search.nick.empty() ? search.user : search.nick;
  if (!nick.empty()) writer.open("nick").text(nick).close();
  writer.close();
  return out;
}

}  // namespace

xmpp::UserSearch to_search(const PeopleQuery& query) {
  xmpp::UserSearch search;
  search.user = to_utf8(query.number.trimmed());
  search.nick = to_utf8(query.nickname.trimmed());
  const auto name = query.full_name.simplified();
  search.first = to_utf8(name.section(' ', 0, 0));
  search.last = to_utf8(name.section(' ', 1));
  search.city = to_utf8(query.city.trimmed());
  search.gender = word_of(query.gender);
  search.age_from = age_of(query.age_from);
  search.age_to = age_of(query.age_to);
  search.is_online_only = query.online_only;
  search.page.max = page_size;
  return search;
}

FoundPerson to_person(const xmpp::FoundUser& user) {
  FoundPerson person;
  person.jid = bare(user.jid);
  person.nickname = to_qt(user.nick).simplified().left(longest_field);
  person.full_name = to_qt(user.first + " " + user.last).simplified().left(longest_field);
  person.city = to_qt(user.city).simplified().left(longest_field);
  person.gender = gender_of(user.gender);
  person.age = user.age && *user.age < 200 ? static_cast<int>(*user.age) : 0;
  person.is_online = user.is_online;
  return person;
}

DirectorySearch::DirectorySearch(Session& session, Settings& settings, QObject* parent)
    : PeopleSearch(parent), session_(session), settings_(settings) {
  connect(&settings_, &Settings::changed, this, [this](const QString& key) {
    if (key == setting::may_be_found) publish_privacy();
  });
  const auto look_again = [this] {
    if (is_looking_) find_directory();
  };
  connect(&session_, &Session::services_changed, this, look_again);
  connect(&session_, &Session::offline, this, look_again);
}

void DirectorySearch::search(const PeopleQuery& query) {
  ++round_;
  has_more_ = false;
  wanted_ = to_search(query);
  find_directory();
}

void DirectorySearch::find_directory() {
  const auto round = round_;
  const auto* service = session_.service_with(xmpp::ns::user_search);
  is_looking_ = session_.is_online() && !service && !session_.knows_services();
  if (is_looking_) return;
  if (!session_.is_online()) return emit failed(tr("There is no connection to the server."));
  if (!service) return emit failed(tr("This server has no directory of people."));
  directory_ = service->jid;
  std::string question;
  xml::Writer(question).open("query", xmpp::ns::user_search).close();
  session_.request(xmpp::IqType::get, directory_, question, [this, round](const xmpp::IqAnswer& answer) {
    if (round != round_) return;
    if (!answer.is_result()) return emit failed(explain(answer));
    ask(directory_, xmpp::DataForm::find(answer.iq.child("query", xmpp::ns::user_search)).has_value());
  });
}

void DirectorySearch::ask(const xmpp::Jid& directory, bool has_form) {
  has_form_ = has_form;
  const auto question = has_form ? xmpp::to_xml(wanted_) : write_old_fields(wanted_);
  const bool is_first_page = !wanted_.page.after;
  session_.request(xmpp::IqType::set, directory, question,
                   [this, is_first_page, round = round_](const xmpp::IqAnswer& answer) {
                     if (round == round_) take(answer, is_first_page);
                   });
}

void DirectorySearch::take(const xmpp::IqAnswer& answer, bool is_first_page) {
  if (!answer.is_result()) return emit failed(explain(answer));
  const auto found_users = xmpp::FoundUsers::parse(answer.iq.child("query", xmpp::ns::user_search));
  QList<FoundPerson> people;
  if (found_users) {
    for (const auto& user : found_users->users) people.append(to_person(user));
    const auto& page = found_users->page;
    wanted_.page.after = page.last;
    // docs/protocol/search.md: a page that is not full is the last one.
    has_more_ = page.last && found_users->users.size() >= page_size;
  }
  emit found(people, is_first_page, has_more_);
}

void DirectorySearch::more() {
  if (std::exchange(has_more_, false)) ask(directory_, has_form_);
}

void DirectorySearch::publish_privacy() {
  if (!session_.is_online() || !session_.account_has(xmpp::ns::profile_privacy)) return;
  xmpp::ProfilePrivacy privacy;
  privacy.is_found_by_user = privacy.is_found_by_profile = settings_.flag(setting::may_be_found);
  session_.request(xmpp::IqType::set, {}, xmpp::to_xml(privacy), [](const xmpp::IqAnswer&) {});
}

}  // namespace queqiao::client
