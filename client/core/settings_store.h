#pragma once

#include <QHash>
#include <QSettings>
#include <QString>
#include <QStringList>

#include "client/core/settings.h"

namespace queqiao::client {

// What Account keeps here for itself.
inline constexpr auto own_signature_key = "account/signature";
inline constexpr auto own_resource_key = "account/resource";

// Where a setting belongs: to this machine, whoever logs in, or to the account. What follows the account is the same on
// all its devices.
enum class SettingPlace : quint8 { machine, account, follows_account };

SettingPlace place_of(const QString& key);  // what is not in the table of settings.cpp is of this machine

// The settings in two files.
class SettingsStore final : public Settings {
  Q_OBJECT

 public:
  // Without an account's folder everything is in the machine's file: that is what the log-in window has.
  explicit SettingsStore(const QString& data_folder, const QString& account_folder = {}, QObject* parent = nullptr);

  QVariant value(const QString& key) const override;
  void set_value(const QString& key, const QVariant& value) override;

  // For SettingsSync: what was changed here and is not on the server yet, even after a restart.
  QStringList unsynced() const;
  void set_synced(const QStringList& keys);
  void take_from_server(const QString& key, const QVariant& value);

 private:
  QSettings& file_of(const QString& key);
  const QSettings& file_of(const QString& key) const;
  bool put(const QString& key, const QVariant& value);

  QSettings machine_;
  QSettings account_;
};

}  // namespace queqiao::client
