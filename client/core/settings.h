#pragma once

#include <QObject>
#include <QString>
#include <QVariant>

namespace queqiao::client {

enum class SendKey : quint8 { enter, ctrl_enter };
enum class Theme : quint8 { system, light, dark };
enum class ChatPlacement : quint8 { tabs, separate };  // of chats: in one window or each in its own

// What people set. Keys are in settings.cpp with their defaults; those that follow the account are kept on the server
// as well (XEP-0223), the others (window places, folders, proxy) on this machine only.
class Settings : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  virtual QVariant value(const QString& key) const = 0;  // the default when it was never set
  virtual void set_value(const QString& key, const QVariant& value) = 0;

  bool flag(const QString& key) const { return value(key).toBool(); }
  int number(const QString& key) const { return value(key).toInt(); }
  QString text(const QString& key) const { return value(key).toString(); }

 signals:
  void changed(const QString& key);
};

// Keys, type and default.
namespace setting {
inline constexpr auto language = "language";                    // "", "zh_CN", "en"; "" is the system's
inline constexpr auto theme = "theme";                          // Theme
inline constexpr auto text_size = "text_size";                  // percent, 80-200; 100
inline constexpr auto send_key = "send_key";                    // SendKey
inline constexpr auto chat_windows = "chat_windows";            // ChatPlacement
inline constexpr auto sounds = "sounds";                        // bool; true
inline constexpr auto popups = "popups";                        // bool; true
inline constexpr auto desktop_notices = "desktop_notices";      // bool; true: by the desktop's service, if it has one
inline constexpr auto popup_shows_text = "popup_shows_text";    // bool; true
inline constexpr auto close_to_tray = "close_to_tray";          // bool; true
inline constexpr auto auto_away_minutes = "auto_away_minutes";  // 0: never; 5
inline constexpr auto may_shake = "may_shake";                  // bool; true
inline constexpr auto sends_typing = "sends_typing";            // bool; true
inline constexpr auto sends_read_marks = "sends_read_marks";    // bool; true
inline constexpr auto may_be_found = "may_be_found";            // bool; true
inline constexpr auto spell_check = "spell_check";              // bool; false
inline constexpr auto download_folder = "download_folder";      // path
inline constexpr auto proxy = "proxy";            // "", "system", "socks5://host:port", "http://host:port"
inline constexpr auto auto_start = "auto_start";  // bool; false
inline constexpr auto main_window_place = "main_window_place";  // QByteArray of QWidget::saveGeometry()
inline constexpr auto folded_groups = "folded_groups";          // QStringList: friend groups that are closed
}  // namespace setting

}  // namespace queqiao::client
