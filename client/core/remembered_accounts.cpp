#include "client/core/remembered_accounts.h"

#include <qt6keychain/keychain.h>
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>
#include <QUrl>
#include <algorithm>

#include "client/core/data_folder.h"

namespace queqiao::client {
namespace {

const QString service = "queqiao";
constexpr qint64 file_limit = 1 << 20;

QSettings list_file(const QString& folder) {
  return QSettings(data_folder(folder) + "/accounts.ini", QSettings::IniFormat);
}

// Names of groups in QSettings must not have a '/'.
QString group_of(const QString& jid) {
  return QString::fromLatin1(QUrl::toPercentEncoding(jid));
}

// Where there is no key ring. Base64 hides the passwords from a glance over the shoulder and from nobody else: what
// protects them is that the file is readable for this user alone, which is what the window says before people agree.
QString password_file(const QString& folder) {
  return data_folder(folder) + "/passwords.json";
}

QJsonObject read_passwords(const QString& folder) {
  return QJsonDocument::fromJson(read_whole_file(password_file(folder), file_limit)).object();
}

bool write_password(const QString& folder, const QString& jid, const QString& password) {
  auto passwords = read_passwords(folder);
  if (password.isEmpty()) {
    passwords.remove(jid);
  } else {
    passwords[jid] = QString::fromLatin1(password.toUtf8().toBase64());
  }
  return write_whole_file(password_file(folder), QJsonDocument(passwords).toJson());
}

QString read_password(const QString& folder, const QString& jid) {
  return QString::fromUtf8(QByteArray::fromBase64(read_passwords(folder)[jid].toString().toLatin1()));
}

QString no_file_text(const QString& folder) {
  return QCoreApplication::translate("RememberedAccounts", "The password could not be stored in %1.")
      .arg(password_file(folder));
}

}  // namespace

QList<RememberedAccount> RememberedAccounts::all() const {
  auto file = list_file(folder_);
  QList<RememberedAccount> accounts;
  for (const auto& group : file.childGroups()) {
    file.beginGroup(group);
    RememberedAccount account;
    account.jid = QUrl::fromPercentEncoding(group.toLatin1());
    account.host = file.value("host").toString();
    account.port = static_cast<quint16>(file.value("port").toUInt());
    account.remembers_password = file.value("remembers_password").toBool();
    account.logs_in_by_itself = file.value("logs_in_by_itself").toBool();
    const auto status = file.value("status", int(Status::online)).toInt();
    if (status > int(Status::offline) && status <= int(Status::invisible)) account.status = static_cast<Status>(status);
    account.last_used = file.value("last_used").toDateTime();
    account.avatar_path = file.value("avatar_path").toString();
    account.nickname = file.value("nickname").toString();
    file.endGroup();
    accounts.append(account);
  }
  std::stable_sort(accounts.begin(), accounts.end(),
                   [](const RememberedAccount& a, const RememberedAccount& b) { return a.last_used > b.last_used; });
  return accounts;
}

void RememberedAccounts::put(const RememberedAccount& account) {
  auto file = list_file(folder_);
  file.beginGroup(group_of(account.jid));
  file.setValue("host", account.host);
  file.setValue("port", account.port);
  file.setValue("remembers_password", account.remembers_password);
  file.setValue("logs_in_by_itself", account.logs_in_by_itself);
  file.setValue("status", int(account.status));
  file.setValue("last_used", account.last_used);
  file.setValue("avatar_path", account.avatar_path);
  file.setValue("nickname", account.nickname);
}

void RememberedAccounts::remove(const QString& jid) {
  auto file = list_file(folder_);
  file.remove(group_of(jid));
  save_password(jid, {}, [](const QString&) {});
}

// QtKeychain says only afterwards that there was none.
bool RememberedAccounts::has_key_ring() const {
#ifdef Q_OS_LINUX
  auto* bus = QDBusConnection::sessionBus().interface();
  if (!bus) return false;
  const auto services = bus->registeredServiceNames().value() + bus->activatableServiceNames().value();
  return services.contains("org.freedesktop.secrets") || services.contains("org.kde.kwalletd5") ||
         services.contains("org.kde.kwalletd6");
#else
  return true;
#endif
}

// An empty password is removed from wherever it may be.
void RememberedAccounts::save_password(const QString& jid, const QString& password,
                                       std::function<void(const QString& error)> done) {
  if (!has_key_ring()) return done(write_password(folder_, jid, password) ? QString() : no_file_text(folder_));
  if (password.isEmpty()) {
    write_password(folder_, jid, {});
    auto* job = new QKeychain::DeletePasswordJob(service);
    job->setKey(jid);
    QObject::connect(job, &QKeychain::Job::finished, [done](QKeychain::Job*) { done({}); });
    return job->start();
  }
  auto* job = new QKeychain::WritePasswordJob(service);
  job->setKey(jid);
  job->setTextData(password);
  QObject::connect(job, &QKeychain::Job::finished, [folder = folder_, jid, done](QKeychain::Job* ended) {
    if (ended->error() == QKeychain::NoError) write_password(folder, jid, {});  // an older copy in the file
    done(ended->error() == QKeychain::NoError ? QString() : ended->errorString());
  });
  job->start();
}

void RememberedAccounts::load_password(const QString& jid, std::function<void(const QString& password)> done) {
  if (!has_key_ring()) return done(read_password(folder_, jid));
  auto* job = new QKeychain::ReadPasswordJob(service);
  job->setKey(jid);
  QObject::connect(job, &QKeychain::Job::finished, [folder = folder_, jid, job, done](QKeychain::Job* ended) {
    done(ended->error() == QKeychain::NoError ? job->textData() : read_password(folder, jid));
  });
  job->start();
}

}  // namespace queqiao::client
