#pragma once

#include <memory>

#include "client/core/account.h"
#include "client/core/answers.h"
#include "client/core/directory_search.h"
#include "client/core/factories.h"
#include "client/core/presences.h"
#include "client/core/private_storage.h"
#include "client/core/profile_book.h"
#include "client/core/session.h"
#include "client/core/settings_store.h"
#include "client/core/settings_sync.h"
#include "client/core/synced_roster.h"
#include "client/core/visibility.h"

namespace queqiao::client {

// An account on a real server: puts the parts together, and does what concerns the account as a whole.
class AccountSession final : public Account {
  Q_OBJECT

 public:
  explicit AccountSession(const AccountSettings& settings, QObject* parent = nullptr);

  QString jid() const override;
  ConnectionState state() const override { return session_.link().state(); }
  QString state_text() const override;
  void connect_to_server(Status status) override;
  void disconnect_from_server() override;
  Status status() const override { return visibility_.status(); }
  QString signature() const override { return visibility_.signature(); }
  void set_status(Status status) override;
  void set_signature(const QString& text) override;
  void set_idle(bool is_idle) override;
  void answer_certificate(bool is_accepted) override { session_.link().answer_certificate(is_accepted); }
  void change_password(const QString& password, Done done) override;
  void close_account(Done done) override;

  Roster& roster() override { return roster_; }
  History& history() override { return *history_; }
  Messenger& messenger() override { return *messenger_; }
  Transfers& transfers() override { return *transfers_; }
  Profiles& profiles() override { return profiles_; }
  PeopleSearch& people_search() override { return search_; }
  Settings& settings() override { return settings_; }

 private:
  void forward_signals();
  void use_setting(const QString& key);
  bool may_know(const xmpp::Jid& who) const;
  void register_query(std::string_view content, Session::Answered then);
  void account_closed();

  QString folder_;
  SettingsStore settings_;
  Session session_;
  Presences presences_;
  PrivateStorage storage_;
  SettingsSync settings_sync_;
  SyncedRoster roster_;
  ProfileBook profiles_;
  DirectorySearch search_;
  Visibility visibility_;
  Answers answers_;
  std::unique_ptr<History> history_;
  std::unique_ptr<Transfers> transfers_;
  std::unique_ptr<Messenger> messenger_;
  Done closed_;  // of close_account(), until the server has answered in one way or another
};

}  // namespace queqiao::client
