#include "server_process.h"

#include <QRegularExpression>
#include <QTest>

#include "client/core/roster.h"

namespace queqiao::client::test {
namespace {

QString program(const QString& name) {
  return qEnvironmentVariable("QUEQIAO_BIN") + "/" + name;
}

quint16 port_in(const QString& output, const QString& what) {
  const QRegularExpression line("listens on 127\\.0\\.0\\.1:(\\d+) for " + QRegularExpression::escape(what) + "\\n");
  return static_cast<quint16>(line.match(output).captured(1).toUInt());
}

}  // namespace

ServerProcess::ServerProcess(const QStringList& arguments) : arguments_(arguments) {
  start("127.0.0.1:0", "127.0.0.1:0");
}

// Not stop(): its data goes with it, and a server that ends in order gives cut connections five seconds.
ServerProcess::~ServerProcess() {
  process_.kill();
  process_.waitForFinished(patience);
}

bool ServerProcess::start(const QString& c2s, const QString& c2s_tls) {
  process_.start(
      program("queqiaod"),
      QStringList{"--data-dir", data_.path(), "--c2s", c2s, "--c2s-tls", c2s_tls, "--shards", "1"} + arguments_);
  QString output;
  while (!output.contains("queqiaod: ready")) {
    if (!process_.waitForReadyRead(patience)) return false;
    output += QString::fromUtf8(process_.readAllStandardOutput());
  }
  port_ = port_in(output, "clients (STARTTLS)");
  tls_port_ = port_in(output, "clients (direct TLS)");
  http_port_ = port_in(output, "HTTP");
  return port_ != 0;
}

bool ServerProcess::restart() {
  stop();
  return start(QString("127.0.0.1:%1").arg(port_), QString("127.0.0.1:%1").arg(tls_port_));
}

void ServerProcess::stop() {
  if (process_.state() == QProcess::NotRunning) return;
  process_.terminate();
  if (!process_.waitForFinished(patience)) process_.kill();
  process_.waitForFinished(patience);
}

bool ServerProcess::add_user(const QString& name, const QString& password) {
  QProcess ctl;
  ctl.start(program("queqiaoctl"), {"--data-dir", data_.path(), "users", "add", name, "--password-stdin"});
  ctl.write(password.toUtf8() + "\n");
  ctl.closeWriteChannel();
  return ctl.waitForFinished(patience) && ctl.exitCode() == 0;
}

AccountSettings settings_for(const QString& user, quint16 port, const QString& data_folder) {
  AccountSettings settings;
  settings.jid = user + "@localhost";
  settings.password = "secret";
  settings.host = "127.0.0.1";
  settings.port = port;
  settings.allows_plain_loopback = true;
  settings.data_folder = data_folder;
  return settings;
}

Person::Person(const QString& user, quint16 port)
    : settings(settings_for(user, port, folder.path())), account(Account::create(settings)) {}

bool Person::log_in(Status status) {
  account->connect_to_server(status);
  return QTest::qWaitFor([this] { return account->state() == ConnectionState::online; }, patience);
}

bool befriend(Person& a, Person& b) {
  bool was_refused = false;
  a.account->roster().add(b.jid(), {}, {}, {}, [&](const QString& error) { was_refused = !error.isEmpty(); });
  if (!QTest::qWaitFor([&] { return !b.account->roster().requests().isEmpty() || was_refused; }, patience))
    return false;
  b.account->roster().accept(a.jid(), {}, {});
  const auto is_friend = [](Person& who, Person& of) {
    const auto* contact = who.account->roster().find(of.jid());
    return contact && contact->is_friend && contact->status != Status::offline;
  };
  return QTest::qWaitFor([&] { return is_friend(a, b) && is_friend(b, a); }, patience);
}

}  // namespace queqiao::client::test
