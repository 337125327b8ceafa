#pragma once

#include <QMap>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "client/core/block_list.h"
#include "client/core/roster.h"
#include "client/core/roster_cache.h"
#include "xml/element.h"
#include "xmpp/xep/roster.h"

namespace queqiao::client {

class Presences;
class PrivateStorage;
class Session;

inline constexpr std::string_view groups_ns = "urn:queqiao:groups:0";

// <groups><group>Family</group>…</groups>: the user's own order, with empty groups, as the account keeps it.
std::string write_groups(const QStringList& groups);
QStringList read_groups(const xml::Element& groups);

// What a request to be friends says; nothing when `presence` is none, or has no sender.
std::optional<FriendRequest> read_friend_request(const xml::Element& presence);

// The server's roster, with a copy in a file that shows before there is a connection.
class SyncedRoster final : public Roster {
  Q_OBJECT

 public:
  SyncedRoster(Session& session, Presences& presences, PrivateStorage& storage, const QString& cache_file,
               QObject* parent = nullptr);
  ~SyncedRoster() override;

  QList<Contact> contacts() const override;
  const Contact* find(const QString& jid) const override;
  QStringList groups() const override { return groups_; }
  QList<FriendRequest> requests() const override { return requests_; }

  void add(const QString& jid, const QString& remark, const QString& group, const QString& greeting,
           Done done) override;
  void accept(const QString& jid, const QString& remark, const QString& group) override;
  void refuse(const QString& jid) override;
  void remove(const QString& jid, Done done) override;
  void set_remark(const QString& jid, const QString& remark, Done done) override;
  void set_groups(const QString& jid, const QStringList& groups, Done done) override;
  void set_blocked(const QString& jid, bool is_blocked, Done done) override;
  QStringList blocked() const override { return block_list_.all(); }

  void add_group(const QString& name) override;
  void rename_group(const QString& name, const QString& new_name, Done done) override;
  void remove_group(const QString& name, Done done) override;
  void move_group(const QString& name, int place) override;

  // Whether somebody may know that we are online and with what.
  bool sees_us(const QString& jid) const;
  void set_nickname(const QString& jid, const QString& nickname);               // what Profiles has learned
  void set_own_nickname(const QString& nickname) { own_nickname_ = nickname; }  // for requests (XEP-0172)

 signals:
  void loaded();  // from the server, in this session

 private:
  void load();
  void take(const xmpp::RosterQuery& query);
  void put(const xmpp::RosterEntry& entry);
  void drop(const QString& jid);
  bool take_push(const xml::Element& iq);
  bool take_presence(const xml::Element& presence);
  void take_request(const FriendRequest& request);
  void forget_request(const QString& jid);
  void show_presence(Contact& contact);
  void presence_changed(const QString& jid);
  void save(const Contact& contact, Done done);
  void saved(const Contact& contact);
  void send_subscription(std::string_view type, const QString& jid, const QString& greeting = {});
  void take_groups(const xml::Element& content);
  void use_groups(const QStringList& groups);
  void change_groups(const QStringList& groups);
  void note_groups(const QStringList& used);
  void regroup(const QString& name, const std::function<void(QStringList&)>& change, Done done);
  void write_cache();

  Session& session_;
  Presences& presences_;
  PrivateStorage& storage_;
  BlockList block_list_;
  QString cache_file_;
  QTimer cache_timer_;
  std::string version_;
  std::map<QString, RosterLine> lines_;  // by JID; nodes stay where they are, for find()
  QStringList groups_;
  QList<FriendRequest> requests_;
  QString own_nickname_;
};

}  // namespace queqiao::client
