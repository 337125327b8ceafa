#pragma once

#include <QMap>
#include <QObject>
#include <QString>
#include <QTimer>
#include <string>

#include "xml/element.h"

namespace queqiao::client {

class PrivateStorage;
class Session;
class SettingsStore;

inline constexpr std::string_view settings_ns = "urn:queqiao:settings:0";

// <settings><setting key='send_key'>1</setting>…</settings>, as the account keeps it.
std::string write_settings(const QMap<QString, QString>& settings);
QMap<QString, QString> read_settings(const xml::Element& settings);

// Keeps those settings that follow the account the same here and on the server. What was changed here last goes first;
// otherwise the server's value counts.
class SettingsSync : public QObject {
  Q_OBJECT

 public:
  SettingsSync(Session& session, PrivateStorage& storage, SettingsStore& settings, QObject* parent = nullptr);

 private:
  void take(const xml::Element& content);
  void store();

  Session& session_;
  PrivateStorage& storage_;
  SettingsStore& settings_;
  QMap<QString, QString> on_server_;  // with keys of other versions of this program, which stay
  bool is_loaded_ = false;            // in this session: nothing is stored before, or those would be lost
  QTimer delay_;                      // several changes in a row go out together
};

}  // namespace queqiao::client
