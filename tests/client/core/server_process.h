#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <memory>

#include "client/core/account.h"

namespace queqiao::client::test {

constexpr int patience = 30'000;  // milliseconds for what takes a few: a bound against hanging, nothing is measured

// A queqiaod of this build on free ports of loopback, with a data folder of its own, for "localhost".
class ServerProcess {
 public:
  explicit ServerProcess(const QStringList& arguments = {"--trust-loopback", "--open-registration"});
  ~ServerProcess();

  quint16 port() const { return port_; }  // STARTTLS
  quint16 direct_tls_port() const { return tls_port_; }
  quint16 http_port() const { return http_port_; }
  bool add_user(const QString& name, const QString& password = "secret");
  bool restart();  // on the same ports, with the same data
  void stop();

 private:
  bool start(const QString& c2s, const QString& c2s_tls);

  QTemporaryDir data_;
  QStringList arguments_;
  QProcess process_;
  quint16 port_ = 0, tls_port_ = 0, http_port_ = 0;
};

// How to log in to `port` on loopback; without TLS unless said otherwise.
AccountSettings settings_for(const QString& user, quint16 port, const QString& data_folder);

// An account with a folder of its own, and what it has said.
struct Person {
  Person(const QString& user, quint16 port);

  bool log_in(Status status = Status::online);  // and waits
  QString jid() const { return account->jid(); }

  QTemporaryDir folder;
  AccountSettings settings;
  std::unique_ptr<Account> account;
};

// Two people who are friends and online.
bool befriend(Person& a, Person& b);

}  // namespace queqiao::client::test
