#include "client/core/certificate_trust.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

#include "client/core/data_folder.h"

namespace queqiao::client {
namespace {

constexpr qint64 pins_limit = 1 << 20;

QJsonObject read_pins(const QString& file) {
  return QJsonDocument::fromJson(read_whole_file(file, pins_limit)).object();
}

QString name_in(const QSslCertificate& certificate, bool is_issuer) {
  const auto info = [&](QSslCertificate::SubjectInfo what) {
    return (is_issuer ? certificate.issuerInfo(what) : certificate.subjectInfo(what)).join(", ");
  };
  const auto name = info(QSslCertificate::CommonName);
  const auto organization = info(QSslCertificate::Organization);
  if (name.isEmpty() || organization.isEmpty()) return name + organization;
  return name + " (" + organization + ")";
}

QString problem_in_words(const QString& domain, const QSslCertificate& certificate, const QList<QSslError>& errors) {
  QStringList problems;
  const auto add = [&](const QString& text) {
    if (!problems.contains(text)) problems.append(text);
  };
  for (const auto& error : errors) {
    switch (error.error()) {
      case QSslError::SelfSignedCertificate:
        add(TrustWords::tr("The server has made its certificate itself."));
        break;
      case QSslError::HostNameMismatch:
        add(TrustWords::tr("The certificate is not for %1.").arg(domain));
        break;
      case QSslError::CertificateExpired:
        add(TrustWords::tr("The certificate has expired on %1.").arg(certificate.expiryDate().toString(Qt::ISODate)));
        break;
      case QSslError::CertificateNotYetValid:
        add(TrustWords::tr("The certificate is not valid yet: is this computer's clock right?"));
        break;
      case QSslError::CertificateRevoked:
        add(TrustWords::tr("The certificate was revoked."));
        break;
      default:
        add(TrustWords::tr("No authority that this computer trusts vouches for it."));
    }
  }
  return problems.join(' ');
}

// "sha384WithRSAEncryption", "ecdsa-with-SHA256": Qt tells the algorithm only in the certificate as text.
std::optional<QCryptographicHash::Algorithm> signature_hash(const QSslCertificate& certificate) {
  static const QRegularExpression pattern("Signature Algorithm: *\\S*?(md5|sha-?1|sha-?256|sha-?384|sha-?512)",
                                          QRegularExpression::CaseInsensitiveOption);
  const auto match = pattern.match(certificate.toText());
  const auto name = match.captured(1).toLower().remove('-');
  if (name == "sha384") return QCryptographicHash::Sha384;
  if (name == "sha512") return QCryptographicHash::Sha512;
  // RFC 5929 4.1: MD5 and SHA-1 are replaced by SHA-256.
  if (!name.isEmpty()) return QCryptographicHash::Sha256;
  return std::nullopt;
}

}  // namespace

QString CertificatePins::find(const QString& domain) const {
  return read_pins(file_)[domain].toString();
}

bool CertificatePins::put(const QString& domain, const QString& fingerprint) {
  auto pins = read_pins(file_);
  pins[domain] = fingerprint;
  return write_whole_file(file_, QJsonDocument(pins).toJson());
}

QString fingerprint_of(const QSslCertificate& certificate) {
  if (certificate.isNull()) return {};
  return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
}

std::optional<CertificateQuestion> question_about(const QString& domain, const QSslCertificate& certificate,
                                                  const QList<QSslError>& errors, const CertificatePins& pins) {
  if (errors.isEmpty() && !certificate.isNull()) return std::nullopt;
  const auto fingerprint = fingerprint_of(certificate);
  const auto accepted = pins.find(domain);
  if (!accepted.isEmpty() && accepted == fingerprint) return std::nullopt;
  CertificateQuestion question;
  question.host = domain;
  question.fingerprint = fingerprint;
  question.previous_fingerprint = accepted;
  question.subject = name_in(certificate, false);
  question.issuer = name_in(certificate, true);
  question.problem = problem_in_words(domain, certificate, errors);
  return question;
}

std::string server_end_point(const QSslCertificate& certificate) {
  const auto hash = certificate.isNull() ? std::nullopt : signature_hash(certificate);
  if (!hash) return {};
  return QCryptographicHash::hash(certificate.toDer(), *hash).toStdString();
}

}  // namespace queqiao::client
