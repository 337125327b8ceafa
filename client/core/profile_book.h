#pragma once

#include <QCache>
#include <QSet>
#include <QString>
#include <functional>
#include <optional>
#include <string>

#include "client/core/avatar_store.h"
#include "client/core/profiles.h"
#include "xml/element.h"
#include "xmpp/jid.h"
#include "xmpp/xep/vcard.h"

namespace queqiao::client {

class Session;

// Profiles from people's cards (XEP-0054, and XEP-0292 where the server has personal events), nicknames (XEP-0172) and
// avatars (XEP-0084 by events, XEP-0153 by the hash in presence).
class ProfileBook final : public Profiles {
  Q_OBJECT

 public:
  ProfileBook(Session& session, const QString& avatar_folder, QObject* parent = nullptr);

  std::optional<Profile> profile(const QString& jid) const override;
  void request(const QString& jid) override;
  void save_own(const Profile& profile, Done done) override;
  QImage avatar(const QString& jid) const override { return avatars_.image_of(jid); }
  void set_own_avatar(const QImage& image, Done done) override;

  // What our presence says of our avatar (XEP-0153): nothing while it is not known.
  const std::optional<std::string>& own_avatar() const { return own_avatar_; }

 signals:
  void nickname_changed(const QString& jid, const QString& nickname);
  void own_avatar_changed();

 private:
  using WithCard = std::function<void(const std::optional<xmpp::VCard>& card, const QString& error)>;

  void began_session();
  QString own() const;
  xmpp::Jid address_of(const QString& jid) const;
  void ask_card(const QString& jid, WithCard then);
  void take_card(const QString& jid, const xmpp::VCard& card);
  void ask_gender(const QString& jid);
  void put(const QString& jid, const Profile& profile);
  void take_nickname(const xmpp::Jid& from, const xml::Element& items);
  void take_avatar_news(const xmpp::Jid& from, const xml::Element& items);
  void fetch_avatar(const QString& jid, const QString& hash);
  bool take_presence(const xml::Element& presence);
  void set_avatar(const QString& jid, const QString& hash);
  void set_own_hash(std::optional<std::string> hash);
  void publish(std::string_view node, std::string_view item, const std::string& payload, Done done);
  void publish_avatar(const QByteArray& picture, Done done);
  void store_card(const xmpp::VCard& card, Done done);
  void store_photo(const QByteArray& picture, Done done);

  Session& session_;
  AvatarStore avatars_;
  mutable QCache<QString, Profile> profiles_;
  QSet<QString> has_avatar_news_;  // whose avatars come by events: presence does not count for them
  QSet<QString> fetching_;         // JIDs
  std::optional<std::string> own_avatar_;
};

// The nickname in an event of XEP-0172; empty: none.
QString read_nickname(const xml::Element& items);

}  // namespace queqiao::client
