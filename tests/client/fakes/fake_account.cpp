#include "tests/client/fakes/fake_account.h"

#include <QDir>

namespace queqiao::client::test {

void FakeTransfers::set(const Transfer& transfer) {
  transfers_[transfer.message] = transfer;
  emit changed(transfer);
}

std::optional<Transfer> FakeTransfers::find(qint64 message) const {
  const auto found = transfers_.constFind(message);
  return found == transfers_.cend() ? std::nullopt : std::optional(*found);
}

void FakeTransfers::download(qint64 message, const QString&) {
  downloaded << message;
  Transfer transfer;
  transfer.message = message;
  transfer.state = TransferState::running;
  set(transfer);
}

void FakeTransfers::cancel(qint64 message) {
  cancelled << message;
  Transfer transfer = transfers_.value(message);
  transfer.state = TransferState::cancelled;
  set(transfer);
}

void FakeTransfers::pause(qint64 message) {
  Transfer transfer = transfers_.value(message);
  transfer.state = TransferState::paused;
  set(transfer);
}

void FakeTransfers::resume(qint64 message) {
  Transfer transfer = transfers_.value(message);
  transfer.state = TransferState::waiting;
  set(transfer);
}

void FakeTransfers::retry(qint64 message) {
  retried << message;
  Transfer transfer = transfers_.value(message);
  transfer.state = TransferState::running;
  set(transfer);
}

void FakeProfiles::put(const QString& jid, const Profile& profile) {
  profiles_[jid] = profile;
  emit profile_changed(jid);
}

void FakeProfiles::put_avatar(const QString& jid, const QImage& image) {
  avatars_[jid] = image;
  emit avatar_changed(jid);
}

std::optional<Profile> FakeProfiles::profile(const QString& jid) const {
  const auto found = profiles_.constFind(jid);
  return found == profiles_.cend() ? std::nullopt : std::optional(*found);
}

void FakeProfiles::save_own(const Profile& profile, Done done) {
  put(QStringLiteral("me@example.org"), profile);
  done({});
}

void FakeProfiles::set_own_avatar(const QImage& image, Done done) {
  put_avatar(QStringLiteral("me@example.org"), image);
  done({});
}

void FakePeopleSearch::search(const PeopleQuery& query) {
  last_query = query;
  if (failure.isEmpty()) {
    emit found(people, true, false);
  } else {
    emit failed(failure);
  }
}

FakeSettings::FakeSettings() {
  for (const char* key :
       {setting::sounds, setting::popups, setting::desktop_notices, setting::popup_shows_text, setting::close_to_tray,
        setting::may_shake, setting::sends_typing, setting::sends_read_marks, setting::may_be_found}) {
    values_[QLatin1String(key)] = true;
  }
  values_[QLatin1String(setting::text_size)] = 100;
  values_[QLatin1String(setting::auto_away_minutes)] = 5;
  values_[QLatin1String(setting::download_folder)] = QDir::tempPath();
}

void FakeSettings::set_value(const QString& key, const QVariant& value) {
  if (values_.value(key) == value) return;
  values_[key] = value;
  emit changed(key);
}

void FakeAccount::set_state(ConnectionState state) {
  state_ = state;
  emit state_changed(state);
}

QString FakeAccount::state_text() const {
  return state_ == ConnectionState::online ? QString() : QStringLiteral("Not connected");
}

void FakeAccount::connect_to_server(Status status) {
  status_ = status;
  set_state(ConnectionState::online);
}

void FakeAccount::set_status(Status status) {
  status_ = status;
  emit own_status_changed();
}

void FakeAccount::set_signature(const QString& text) {
  signature_ = text;
  emit own_status_changed();
}

void FakeAccount::change_password(const QString& new_password, Done done) {
  password = new_password;
  done({});
}

}  // namespace queqiao::client::test
