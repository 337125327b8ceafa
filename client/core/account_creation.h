#pragma once

#include <QObject>
#include <QString>
#include <memory>

#include "client/core/account.h"

namespace queqiao::client {

// Making an account (XEP-0077): asks the server, proposes the number that the server offers, and submits.
class AccountCreation : public QObject {
  Q_OBJECT

 public:
  static std::unique_ptr<AccountCreation> create(QObject* parent = nullptr);
  // `domain` with host and port as in AccountSettings. offered() or failed() follows, certificate_question() may come
  // before.
  virtual void begin(const AccountSettings& server) = 0;
  virtual void answer_certificate(bool is_accepted) = 0;
  virtual void submit(const QString& user, const QString& password) = 0;  // created() or refused() follows
  virtual void cancel() = 0;

 signals:
  void offered(const QString& proposed_number, const QString& instructions);  // no number: the server proposes none
  void created(const QString& jid);
  void refused(const QString& why);  // another name or password may do
  void failed(const QString& why);   // no connection, or no registration there
  void certificate_question(const queqiao::client::CertificateQuestion& question);

 protected:
  using QObject::QObject;
};

// Says step by step what works and what does not between here and a server: name, DNS, port, TLS, XMPP.
class ConnectionTest : public QObject {
  Q_OBJECT

 public:
  static std::unique_ptr<ConnectionTest> create(QObject* parent = nullptr);
  virtual void begin(const AccountSettings& server) = 0;

 signals:
  void step(const QString& what, bool is_good, const QString& advice);
  void finished(bool is_good);

 protected:
  using QObject::QObject;
};

}  // namespace queqiao::client
