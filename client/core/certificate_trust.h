#pragma once

#include <QList>
#include <QObject>
#include <QSslCertificate>
#include <QSslError>
#include <QString>
#include <optional>
#include <string>

#include "client/core/account.h"

namespace queqiao::client {

// The context of these texts for translators.
class TrustWords : public QObject {
  Q_OBJECT
};

// The certificates that the user has accepted although no authority vouches for them: one a domain, in one file.
class CertificatePins {
 public:
  explicit CertificatePins(QString file) : file_(std::move(file)) {}
  QString find(const QString& domain) const;  // empty: none
  bool put(const QString& domain, const QString& fingerprint);

 private:
  QString file_;
};

QString fingerprint_of(const QSslCertificate& certificate);  // SHA-256, "AB:CD:…"

// What is to be asked before anything secret is said to whoever showed `certificate` for `domain`; nothing when it can
// be trusted: authorities vouch for it (no `errors`), or it is the one that was accepted before.
std::optional<CertificateQuestion> question_about(const QString& domain, const QSslCertificate& certificate,
                                                  const QList<QSslError>& errors, const CertificatePins& pins);

// RFC 5929 4.1: the certificate's hash, for binding the log-in to this TLS connection; empty when the certificate's
// signature names no hash (Ed25519).
std::string server_end_point(const QSslCertificate& certificate);

}  // namespace queqiao::client
