#include "apps/queqiao/options.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include "apps/queqiao/auto_start.h"
#include "apps/queqiao/single_instance.h"

using namespace queqiao::app;

class OptionsTest : public QObject {
  Q_OBJECT

 private slots:
  void readsTheServersAddress_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::newRow("name") << "chat.example.org"
                          << "chat.example.org" << 0;
    QTest::newRow("name and port") << "chat.example.org:5333"
                                   << "chat.example.org" << 5333;
    QTest::newRow("IPv6") << "[::1]:5222"
                          << "::1" << 5222;
    QTest::newRow("IPv6 alone") << "[::1]"
                                << "::1" << 0;
  }
  void readsTheServersAddress() {
    QFETCH(QString, text);
    Refusal refusal;
    const auto options = parse_options({"queqiao", "--server", text}, refusal);
    QVERIFY2(options, qPrintable(refusal.message));
    QTEST(options->host, "host");
    QTEST(int(options->port), "port");
  }

  void refusesWhatItDoesNotUnderstandAndSaysWhat_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("option") << QStringList{"--no-such-option"};
    QTest::newRow("word") << QStringList{"word"};
    QTest::newRow("language") << QStringList{"--lang", "fr"};
    QTest::newRow("theme") << QStringList{"--theme", "pink"};
    QTest::newRow("address") << QStringList{"--account", "alice"};
    QTest::newRow("port") << QStringList{"--server", "host:99999"};
    QTest::newRow("file") << QStringList{"--password-file", "/no/such/file"};
  }
  void refusesWhatItDoesNotUnderstandAndSaysWhat() {
    QFETCH(QStringList, arguments);
    Refusal refusal;
    QVERIFY(!parse_options(QStringList{"queqiao"} + arguments, refusal));
    QCOMPARE(refusal.code, 2);
    QVERIFY(!refusal.message.isEmpty());
  }

  void thePasswordIsTheFilesFirstLine() {
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("sesame\nsomething else\n");
    file.flush();
    Refusal refusal;
    const auto options =
        parse_options({"queqiao", "--account", "Alice@localhost", "--password-file", file.fileName()}, refusal);
    QVERIFY(options);
    QCOMPARE(options->password, QStringLiteral("sesame"));
    QCOMPARE(options->account, QStringLiteral("alice@localhost"));
  }

  void aSecondProgramOfTheSameFolderWakesTheFirst() {
    QTemporaryDir folder, other;
    SingleInstance first(folder.path());
    QVERIFY(first.is_first());
    bool is_woken = false;
    connect(&first, &SingleInstance::woken, this, [&] { is_woken = true; });
    SingleInstance second(folder.path());
    QVERIFY(!second.is_first());
    second.wake_first();
    QTRY_VERIFY(is_woken);
    QVERIFY(SingleInstance(other.path()).is_first());
  }

  void startingWithTheDesktopIsAFileThatComesAndGoes() {
    QTemporaryDir config;
    QVERIFY(!starts_with_desktop(config.path()));
    QVERIFY(set_starts_with_desktop(true, "/opt/my programs/queqiao", config.path()));
    QVERIFY(starts_with_desktop(config.path()));
    QFile file(config.filePath("autostart/queqiao.desktop"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("Exec=\"/opt/my programs/queqiao\"\n"));
    QVERIFY(set_starts_with_desktop(false, {}, config.path()));
    QVERIFY(!starts_with_desktop(config.path()));
  }
};

QTEST_GUILESS_MAIN(OptionsTest)
#include "options_test.moc"
