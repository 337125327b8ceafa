#include "client/core/settings_sync.h"

#include <chrono>

#include "client/core/private_storage.h"
#include "client/core/qt_text.h"
#include "client/core/session.h"
#include "client/core/settings_store.h"
#include "xml/writer.h"

namespace queqiao::client {
namespace {

constexpr std::chrono::milliseconds store_delay{500};
constexpr qsizetype most_settings = 200;

}  // namespace

std::string write_settings(const QMap<QString, QString>& settings) {
  std::string out;
  xml::Writer writer(out);
  writer.open("settings", settings_ns);
  for (auto one = settings.begin(); one != settings.end(); ++one) {
    writer.open("setting").attribute("key", to_utf8(one.key())).text(to_utf8(one.value())).close();
  }
  writer.close();
  return out;
}

QMap<QString, QString> read_settings(const xml::Element& settings) {
  QMap<QString, QString> found;
  if (!settings.is("settings", settings_ns)) return found;
  for (const auto child : settings.children()) {
    if (child.name() != "setting" || found.size() >= most_settings) continue;
    found.insert(to_qt(child.attribute("key")), to_qt(child.text()));
  }
  return found;
}

SettingsSync::SettingsSync(Session& session, PrivateStorage& storage, SettingsStore& settings, QObject* parent)
    : QObject(parent), session_(session), storage_(storage), settings_(settings) {
  delay_.setSingleShot(true);
  delay_.setInterval(store_delay);
  storage_.watch(settings_ns, [this](const xml::Element& content) { take(content); });
  connect(&settings_, &Settings::changed, this, [this] {
    if (!settings_.unsynced().isEmpty()) delay_.start();
  });
  connect(&delay_, &QTimer::timeout, this, &SettingsSync::store);
  connect(&session_, &Session::online, this, [this](bool is_resumed) { is_loaded_ = is_loaded_ && is_resumed; });
}

void SettingsSync::take(const xml::Element& content) {
  on_server_ = read_settings(content);
  is_loaded_ = true;
  for (auto one = on_server_.begin(); one != on_server_.end(); ++one) {
    settings_.take_from_server(one.key(), one.value());
  }
  if (!settings_.unsynced().isEmpty()) delay_.start();
}

void SettingsSync::store() {
  const auto changed = settings_.unsynced();
  if (changed.isEmpty() || !is_loaded_ || !session_.is_online()) return;
  QMap<QString, QString> sent;
  for (const auto& key : changed) sent.insert(key, settings_.value(key).toString());
  on_server_.insert(sent);
  storage_.store(settings_ns, write_settings(on_server_), [this, sent](const QString& error) {
    if (!error.isEmpty()) return;  // it stays unsynced, and goes out with the next session
    QStringList arrived;
    for (auto one = sent.begin(); one != sent.end(); ++one) {
      if (settings_.value(one.key()).toString() == one.value()) arrived.append(one.key());
    }
    settings_.set_synced(arrived);
  });
}

}  // namespace queqiao::client
