#pragma once

#include <QDate>
#include <QImage>
#include <QObject>
#include <QString>
#include <functional>
#include <optional>

namespace queqiao::client {

enum class Gender : quint8 { unknown, male, female, other };

// XEP-0054 (vcard-temp), the fields that people use.
struct Profile {
  QString nickname, full_name, city, country, email, phone, website, about;
  Gender gender = Gender::unknown;
  QDate birthday;  // invalid: not told
};

// Profiles and avatars, one's own and other people's. Avatars (XEP-0084, XEP-0153) are kept on disk by their hash.
class Profiles : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  using Done = std::function<void(const QString& error)>;  // empty: all went well

  virtual std::optional<Profile> profile(const QString& jid) const = 0;  // what is known; request() asks anew
  virtual void request(const QString& jid) = 0;                          // profile_changed() follows
  virtual void save_own(const Profile& profile, Done done) = 0;
  virtual QImage avatar(const QString& jid) const = 0;              // null: none, or not known yet
  virtual void set_own_avatar(const QImage& image, Done done) = 0;  // scaled to 192 x 192 here; null removes it

 signals:
  void profile_changed(const QString& jid);
  void avatar_changed(const QString& jid);
  void request_failed(const QString& jid, const QString& why);
};

}  // namespace queqiao::client
