#include "client/core/settings.h"

#include <QStandardPaths>
#include <algorithm>
#include <array>

#include "client/core/settings_store.h"

namespace queqiao::client {
namespace {

struct Setting {
  const char* key;
  SettingPlace place;
  QVariant default_value;
};

const std::array<Setting, 21>& table() {
  using Place = SettingPlace;
  static const std::array<Setting, 21> all{{
      {setting::language, Place::machine, ""},
      {setting::theme, Place::machine, int(Theme::system)},
      {setting::text_size, Place::machine, 100},
      {setting::send_key, Place::follows_account, int(SendKey::enter)},
      {setting::chat_windows, Place::machine, int(ChatPlacement::tabs)},
      {setting::sounds, Place::follows_account, true},
      {setting::popups, Place::follows_account, true},
      {setting::desktop_notices, Place::machine, true},
      {setting::popup_shows_text, Place::follows_account, true},
      {setting::close_to_tray, Place::machine, true},
      {setting::auto_away_minutes, Place::follows_account, 5},
      {setting::may_shake, Place::follows_account, true},
      {setting::sends_typing, Place::follows_account, true},
      {setting::sends_read_marks, Place::follows_account, true},
      {setting::may_be_found, Place::follows_account, true},
      {setting::spell_check, Place::account, false},
      {setting::download_folder, Place::machine, QStandardPaths::writableLocation(QStandardPaths::DownloadLocation)},
      {setting::proxy, Place::machine, ""},
      {setting::auto_start, Place::machine, false},
      {own_signature_key, Place::account, ""},
      {own_resource_key, Place::account, ""},
  }};
  return all;
}

const Setting* find(const QString& key) {
  const auto place = std::find_if(table().begin(), table().end(), [&](const Setting& one) { return key == one.key; });
  return place == table().end() ? nullptr : &*place;
}

const QString unsynced_key = "unsynced";

}  // namespace

SettingPlace place_of(const QString& key) {
  const auto* known = find(key);
  return known ? known->place : SettingPlace::machine;
}

SettingsStore::SettingsStore(const QString& data_folder, const QString& account_folder, QObject* parent)
    : Settings(parent),
      machine_(data_folder + "/settings.ini", QSettings::IniFormat),
      account_((account_folder.isEmpty() ? data_folder : account_folder) + "/settings.ini", QSettings::IniFormat) {}

QSettings& SettingsStore::file_of(const QString& key) {
  return place_of(key) == SettingPlace::machine ? machine_ : account_;
}

const QSettings& SettingsStore::file_of(const QString& key) const {
  return place_of(key) == SettingPlace::machine ? machine_ : account_;
}

// An INI file knows only text, so what is read takes the default's type.
QVariant SettingsStore::value(const QString& key) const {
  const auto* known = find(key);
  auto stored = file_of(key).value(key);
  if (!known) return stored;
  if (!stored.isValid() || !stored.convert(known->default_value.metaType())) return known->default_value;
  return stored;
}

bool SettingsStore::put(const QString& key, const QVariant& value) {
  if (this->value(key) == value) return false;
  file_of(key).setValue(key, value);
  return true;
}

void SettingsStore::set_value(const QString& key, const QVariant& value) {
  if (!put(key, value)) return;
  if (place_of(key) == SettingPlace::follows_account) {
    auto waiting = unsynced();
    if (!waiting.contains(key)) account_.setValue(unsynced_key, waiting << key);
  }
  emit changed(key);
}

QStringList SettingsStore::unsynced() const {
  return account_.value(unsynced_key).toStringList();
}

void SettingsStore::set_synced(const QStringList& keys) {
  auto waiting = unsynced();
  for (const auto& key : keys) waiting.removeAll(key);
  account_.setValue(unsynced_key, waiting);
}

// A value of the wrong type is left out: the server's copy may come from another version of this program, or be
// damaged.
void SettingsStore::take_from_server(const QString& key, const QVariant& value) {
  const auto* known = find(key);
  if (!known || known->place != SettingPlace::follows_account || unsynced().contains(key)) return;
  auto converted = value;
  if (converted.convert(known->default_value.metaType()) && put(key, converted)) emit changed(key);
}

}  // namespace queqiao::client
