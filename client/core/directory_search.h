#pragma once

#include "client/core/people_search.h"
#include "xmpp/jid.h"
#include "xmpp/stream/iq_requests.h"
#include "xmpp/xep/user_search.h"

namespace queqiao::client {

class Session;
class Settings;

// Asks the server's directory (XEP-0055), by its form if it has one, else by the fields of old; and tells our server
// whether the user wants to be found there.
class DirectorySearch final : public PeopleSearch {
  Q_OBJECT

 public:
  DirectorySearch(Session& session, Settings& settings, QObject* parent = nullptr);

  void search(const PeopleQuery& query) override;
  void more() override;

 private:
  void find_directory();
  void ask(const xmpp::Jid& directory, bool has_form);
  void take(const xmpp::IqAnswer& answer, bool is_first_page);
  void publish_privacy();

  Session& session_;
  Settings& settings_;
  xmpp::UserSearch wanted_;
  xmpp::Jid directory_;
  bool is_looking_ = false;  // for the directory, which has not answered yet
  bool has_form_ = true;
  bool has_more_ = false;
  int round_ = 0;  // of search(): an answer to an earlier one does not count
};

xmpp::UserSearch to_search(const PeopleQuery& query);
FoundPerson to_person(const xmpp::FoundUser& user);

}  // namespace queqiao::client
