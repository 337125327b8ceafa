#pragma once

#include <QObject>
#include <QString>
#include <chrono>
#include <functional>
#include <memory>

#include "client/core/status.h"

namespace queqiao::client {

class History;
class Messenger;
class PeopleSearch;
class Profiles;
class Roster;
class Settings;
class Transfers;

enum class ConnectionState : quint8 { offline, connecting, online, waiting };  // waiting: for the next attempt

// Where and as whom to log in.
struct AccountSettings {
  QString jid;  // bare
  QString password;
  QString host;                        // empty: found by DNS (RFC 6120 3.2, XEP-0368), or the domain itself
  quint16 port = 0;                    // 0: 5222, or as DNS says
  bool allows_plain_loopback = false;  // no TLS to a loopback address (tests)
  QString data_folder;                 // for the history and the cache; empty: the platform's
  // How soon a network that swallows everything is noticed: silence, after which the server is asked whether it is
  // there; how long it may take to answer; and how long a file may stand still.
  std::chrono::seconds idle_timeout{60}, answer_timeout{30}, transfer_timeout{30};
};

// The server's certificate is not one that authorities vouch for, and is not the one that was accepted before.
struct CertificateQuestion {
  QString host;
  QString fingerprint;           // SHA-256, in groups
  QString previous_fingerprint;  // not empty: it has changed, which deserves a warning
  QString subject, issuer;
  QString problem;  // in words for people
};

// One logged-in account and everything that belongs to it. Connects by itself again when the connection is lost, and
// resumes (XEP-0198), until disconnect_from_server(). Lives on the GUI's thread.
class Account : public QObject {
  Q_OBJECT

 public:
  static std::unique_ptr<Account> create(const AccountSettings& settings, QObject* parent = nullptr);

  virtual QString jid() const = 0;  // bare
  virtual ConnectionState state() const = 0;
  virtual QString state_text() const = 0;  // for people: "Connecting…", "No network; next attempt in 8 s"
  virtual void connect_to_server(Status status) = 0;
  virtual void disconnect_from_server() = 0;
  virtual Status status() const = 0;  // the user's choice; automatic away is not one
  virtual QString signature() const = 0;
  virtual void set_status(Status status) = 0;
  virtual void set_signature(const QString& text) = 0;
  virtual void set_idle(bool is_idle) = 0;  // automatic away; ends with false
  virtual void answer_certificate(bool is_accepted) = 0;

  using Done = std::function<void(const QString& error)>;  // empty: all went well
  virtual void change_password(const QString& password, Done done) = 0;
  virtual void close_account(Done done) = 0;  // XEP-0077 3.2

  virtual Roster& roster() = 0;
  virtual History& history() = 0;
  virtual Messenger& messenger() = 0;
  virtual Transfers& transfers() = 0;
  virtual Profiles& profiles() = 0;
  virtual PeopleSearch& people_search() = 0;
  virtual Settings& settings() = 0;

 signals:
  void state_changed(queqiao::client::ConnectionState state);
  void own_status_changed();
  // Log-in is given up: wrong password, account disabled, certificate refused. `why` is for people.
  void login_failed(const QString& why);
  void certificate_question(const queqiao::client::CertificateQuestion& question);
  void replaced();  // another device took this session's name: not connecting again by itself

 protected:
  using QObject::QObject;
};

}  // namespace queqiao::client
