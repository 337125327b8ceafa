#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

#include "client/core/avatar_store.h"
#include "client/core/data_folder.h"
#include "client/core/own_presence.h"
#include "client/core/remembered_accounts.h"
#include "client/core/roster_cache.h"
#include "client/core/server_lookup.h"
#include "client/core/settings_store.h"

namespace queqiao::client {
namespace {

// The parts of core that need no server.
class PartsTest : public QObject {
  Q_OBJECT

 private slots:
  void loopback_needs_no_dns();
  void named_port_is_tried_both_ways();
  void only_pictures_of_a_sane_kind_and_size_are_decoded();
  void avatar_hash_of_a_stranger_is_no_path();
  void damaged_roster_cache_is_an_empty_one();
  void account_folder_stays_below_the_data_folder();
  void settings_have_the_types_of_their_defaults();
  void settings_from_the_server_do_not_replace_newer_ones();
  void idle_is_away_with_the_time();
  void accounts_are_remembered_without_their_passwords();
};

AccountSettings account(const QString& jid, const QString& host = {}, quint16 port = 0) {
  AccountSettings settings;
  settings.jid = jid;
  settings.host = host;
  settings.port = port;
  return settings;
}

void PartsTest::loopback_needs_no_dns() {
  for (const auto& host : {"localhost", "chat.localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]"}) {
    QVERIFY2(is_loopback(host), host);
  }
  for (const auto& host : {"example.org", "localhost.example.org", "10.0.0.1", ""}) QVERIFY2(!is_loopback(host), host);
  QVERIFY(named_endpoints(account("romeo@example.org")).isEmpty());
  QCOMPARE(named_endpoints(account("romeo@localhost")).first(), (Endpoint{"localhost", 5222, false}));
}

void PartsTest::named_port_is_tried_both_ways() {
  const auto odd = named_endpoints(account("romeo@example.org", "chat.example.org", 9000));
  QCOMPARE(odd, (QList<Endpoint>{{"chat.example.org", 9000, false}, {"chat.example.org", 9000, true}}));
  QVERIFY(named_endpoints(account("romeo@example.org", "chat.example.org", 5223)).first().is_direct_tls);
}

QByteArray encoded(const QSize& size, const char* format) {
  QImage image(size, QImage::Format_RGB32);
  image.fill(Qt::blue);
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, format);
  return bytes;
}

void PartsTest::only_pictures_of_a_sane_kind_and_size_are_decoded() {
  QCOMPARE(decode_picture(encoded({40, 30}, "PNG")).size(), QSize(40, 30));
  QCOMPARE(decode_picture(encoded({40, 30}, "JPG")).size(), QSize(40, 30));
  QVERIFY(decode_picture(encoded({40, 30}, "BMP")).isNull());
  QVERIFY(decode_picture("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>").isNull());
  QVERIFY(decode_picture(encoded({3000, 10}, "PNG")).isNull());
  QVERIFY(decode_picture(encoded({40, 30}, "PNG").left(60)).isNull());
  QVERIFY(decode_picture("\x89PNG\r\n\x1a\n").isNull());
  QVERIFY(decode_picture({}).isNull());
}

void PartsTest::avatar_hash_of_a_stranger_is_no_path() {
  QTemporaryDir folder;
  QVERIFY(write_whole_file(folder.filePath("secret"), encoded({4, 4}, "PNG")));
  AvatarStore store(folder.filePath("avatars"));
  for (const auto& hash : {"../secret", "/etc/passwd", "", "people.json"}) QVERIFY2(!store.has(hash), hash);
  store.set("romeo@localhost", "../secret");
  QVERIFY(store.image_of("romeo@localhost").isNull());
  QVERIFY(store.path_of("romeo@localhost").isEmpty());
  const auto hash = store.put(encoded({4, 4}, "PNG"));
  QCOMPARE(hash.size(), 40);
  QVERIFY(store.has(hash));
}

void PartsTest::damaged_roster_cache_is_an_empty_one() {
  QTemporaryDir folder;
  const auto file = folder.filePath("roster.json");
  QVERIFY(RosterCache::read(file).lines.isEmpty());
  RosterCache cache;
  cache.version = "v1";
  cache.groups = {"B", "A"};
  RosterLine line;
  line.contact.jid = "juliet@localhost";
  line.contact.groups = {"A"};
  line.sees_us = true;
  cache.lines = {line};
  QVERIFY(cache.write(file));
  const auto read = RosterCache::read(file);
  QCOMPARE(read.version, "v1");
  QCOMPARE(read.groups, cache.groups);
  QCOMPARE(read.lines.size(), 1);
  QVERIFY(read.lines[0].sees_us);
  for (const auto& damage :
       {QByteArray("{\"contacts\":[1,{},\"x\"],\"version\":7}"), QByteArray("{{{"), QByteArray()}) {
    QVERIFY(write_whole_file(file, damage));
    const auto damaged = RosterCache::read(file);
    QVERIFY(damaged.lines.isEmpty());
    QVERIFY(damaged.version.empty());
  }
}

void PartsTest::account_folder_stays_below_the_data_folder() {
  QTemporaryDir folder;
  for (const auto& jid : {"..", "../../x@y", "a/b@c", "romeo@localhost", "罗密欧@localhost"}) {
    auto settings = account(jid);
    settings.data_folder = folder.path();
    const QFileInfo place(account_folder(settings));
    QCOMPARE(QFileInfo(place.absolutePath()).canonicalFilePath(), QFileInfo(folder.path()).canonicalFilePath());
    QVERIFY(place.isDir());
    QVERIFY(!(place.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
  }
}

void PartsTest::settings_have_the_types_of_their_defaults() {
  QTemporaryDir folder;
  {
    SettingsStore settings(folder.path());
    QCOMPARE(settings.value(setting::sounds).metaType(), QMetaType(QMetaType::Bool));
    settings.set_value(setting::sounds, false);
    settings.set_value(setting::text_size, 125);
    settings.set_value("window/place", QByteArray("bytes"));
  }
  SettingsStore settings(folder.path());
  QCOMPARE(settings.value(setting::sounds), QVariant(false));
  QCOMPARE(settings.value(setting::text_size), QVariant(125));
  QCOMPARE(settings.value("window/place").toByteArray(), QByteArray("bytes"));
  QCOMPARE(settings.value(setting::auto_away_minutes), QVariant(5));
}

void PartsTest::settings_from_the_server_do_not_replace_newer_ones() {
  QTemporaryDir folder;
  SettingsStore settings(folder.path());
  settings.set_value(setting::auto_away_minutes, 9);
  settings.take_from_server(setting::auto_away_minutes, "3");
  QCOMPARE(settings.number(setting::auto_away_minutes), 9);
  settings.set_synced({setting::auto_away_minutes});
  settings.take_from_server(setting::auto_away_minutes, "3");
  QCOMPARE(settings.number(setting::auto_away_minutes), 3);
  settings.take_from_server(setting::auto_away_minutes, "soon");
  QCOMPARE(settings.number(setting::auto_away_minutes), 3);
  settings.take_from_server(setting::text_size, "200");  // of this machine
  QCOMPARE(settings.number(setting::text_size), 100);
}

void PartsTest::idle_is_away_with_the_time() {
  OwnPresence presence;
  presence.signature = "a & b";
  presence.idle_since = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
  const auto xml = QString::fromStdString(presence.to_xml());
  QVERIFY(xml.contains("<show>away</show>"));
  QVERIFY(xml.contains("since='2026-01-02T03:04:05Z'"));
  QVERIFY(xml.contains("<status>a &amp; b</status>"));
  presence.status = Status::busy;
  QVERIFY(QString::fromStdString(presence.to_xml()).contains("<show>dnd</show>"));
}

void PartsTest::accounts_are_remembered_without_their_passwords() {
  QTemporaryDir home;
  qputenv("XDG_DATA_HOME", home.path().toUtf8());
  RememberedAccounts accounts;
  RememberedAccount first;
  first.jid = "romeo@localhost";
  first.port = 5333;
  first.status = Status::busy;
  first.last_used = QDateTime::currentDateTime().addDays(-1);
  RememberedAccount second;
  second.jid = "julia/ü@localhost";
  second.last_used = QDateTime::currentDateTime();
  accounts.put(first);
  accounts.put(second);
  QCOMPARE(accounts.all().size(), 2);
  QCOMPARE(accounts.all()[0].jid, second.jid);
  QCOMPARE(accounts.all()[1].port, 5333);
  QCOMPARE(accounts.all()[1].status, Status::busy);
  if (!accounts.has_key_ring()) {
    QString password;
    accounts.save_password(first.jid, "gehe!m", [](const QString& error) { QCOMPARE(error, ""); });
    accounts.load_password(first.jid, [&](const QString& found) { password = found; });
    QCOMPARE(password, "gehe!m");
    const QFileInfo file(data_folder({}) + "/passwords.json");
    QVERIFY(file.isFile());
    QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    accounts.remove(first.jid);
    accounts.load_password(first.jid, [&](const QString& found) { password = found; });
    QCOMPARE(password, "");
  }
  QCOMPARE(accounts.all().size(), accounts.has_key_ring() ? 2 : 1);
}

}  // namespace
}  // namespace queqiao::client

QTEST_GUILESS_MAIN(queqiao::client::PartsTest)
#include "parts_test.moc"
