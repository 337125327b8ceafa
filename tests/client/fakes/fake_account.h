#pragma once

#include <QMap>

#include "client/core/account.h"
#include "client/core/people_search.h"
#include "client/core/profiles.h"
#include "client/core/settings.h"
#include "client/core/transfers.h"
#include "tests/client/fakes/fake_history.h"
#include "tests/client/fakes/fake_messenger.h"
#include "tests/client/fakes/fake_roster.h"

namespace queqiao::client::test {

class FakeTransfers : public Transfers {
 public:
  void set(const Transfer& transfer);

  std::optional<Transfer> find(qint64 message) const override;
  void download(qint64 message, const QString& path) override;
  void cancel(qint64 message) override;
  void pause(qint64 message) override;
  void resume(qint64 message) override;
  void retry(qint64 message) override;
  std::optional<qint64> largest_upload() const override { return largest; }

  qint64 largest = 100LL * 1024 * 1024;
  QList<qint64> downloaded, cancelled, retried;

 private:
  QMap<qint64, Transfer> transfers_;
};

class FakeProfiles : public Profiles {
 public:
  void put(const QString& jid, const Profile& profile);
  void put_avatar(const QString& jid, const QImage& image);

  std::optional<Profile> profile(const QString& jid) const override;
  void request(const QString& jid) override { emit profile_changed(jid); }
  void save_own(const Profile& profile, Done done) override;
  QImage avatar(const QString& jid) const override { return avatars_.value(jid); }
  void set_own_avatar(const QImage& image, Done done) override;

 private:
  QMap<QString, Profile> profiles_;
  QMap<QString, QImage> avatars_;
};

class FakePeopleSearch : public PeopleSearch {
 public:
  void search(const PeopleQuery& query) override;
  void more() override { emit found({}, false, false); }

  QList<FoundPerson> people;  // what every search finds
  PeopleQuery last_query;
  QString failure;  // not empty: every search fails so
};

class FakeSettings : public Settings {
 public:
  FakeSettings();
  QVariant value(const QString& key) const override { return values_.value(key); }
  void set_value(const QString& key, const QVariant& value) override;

 private:
  QMap<QString, QVariant> values_;
};

// An account in memory: me@example.org, online at once.
class FakeAccount : public Account {
 public:
  FakeAccount() : Account(nullptr), fake_messenger(fake_history) {}
  void set_state(ConnectionState state);

  QString jid() const override { return QStringLiteral("me@example.org"); }
  ConnectionState state() const override { return state_; }
  QString state_text() const override;
  void connect_to_server(Status status) override;
  void disconnect_from_server() override { set_state(ConnectionState::offline); }
  Status status() const override { return status_; }
  QString signature() const override { return signature_; }
  void set_status(Status status) override;
  void set_signature(const QString& text) override;
  void set_idle(bool value) override { is_idle = value; }
  void answer_certificate(bool is_accepted) override { certificate_accepted = is_accepted; }
  void change_password(const QString& password, Done done) override;
  void close_account(Done done) override { done({}); }

  Roster& roster() override { return fake_roster; }
  History& history() override { return fake_history; }
  Messenger& messenger() override { return fake_messenger; }
  Transfers& transfers() override { return fake_transfers; }
  Profiles& profiles() override { return fake_profiles; }
  PeopleSearch& people_search() override { return fake_people_search; }
  Settings& settings() override { return fake_settings; }

  FakeRoster fake_roster;
  FakeHistory fake_history;
  FakeMessenger fake_messenger;
  FakeTransfers fake_transfers;
  FakeProfiles fake_profiles;
  FakePeopleSearch fake_people_search;
  FakeSettings fake_settings;
  QString password;
  bool is_idle = false, certificate_accepted = false;

 private:
  ConnectionState state_ = ConnectionState::online;
  Status status_ = Status::online;
  QString signature_;
};

}  // namespace queqiao::client::test
