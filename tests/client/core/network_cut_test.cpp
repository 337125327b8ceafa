#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QTest>

#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/core/transfers.h"
#include "cuttable_proxy.h"
#include "server_process.h"

namespace queqiao::client::test {
namespace {

using Cut = CuttableProxy::Cut;

constexpr int file_size = 4'000'000;

QByteArray poem() {
  QByteArray bytes;
  for (int line = 0; bytes.size() < file_size; ++line) bytes += "line " + QByteArray::number(line) + '\n';
  return bytes.left(file_size);
}

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

template <class Condition>
bool soon(Condition condition) {
  return QTest::qWaitFor(condition, 2 * patience);
}

}  // namespace

// What a minute without network must not do to a chat and to files, with the waits of the client made short. Juliet's
// network is cut, Romeo's is not.
class NetworkCutTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::unique_ptr<CuttableProxy> chat_, files_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Person> juliet_, romeo_;

  static void make_impatient(Person& person) {
    using std::chrono::seconds;
    person.settings.idle_timeout = seconds(1);
    person.settings.answer_timeout = person.settings.transfer_timeout = seconds(2);
    person.account.reset();
    person.account = Account::create(person.settings);
  }
  QString path(const QString& name) const { return folder_.filePath(name); }
  static QStringList said_by(const QString& whom, Person& person, const QString& chat) {
    QStringList texts;
    for (const auto& message : person.account->history().newest(chat, 1000)) {
      if (message.sender == whom) texts.append(message.text);
    }
    return texts;
  }
  bool both_have(const QStringList& juliets, const QStringList& romeos) {
    return soon([&] {
      return said_by(juliet_->jid(), *romeo_, juliet_->jid()) == juliets &&
             said_by(romeo_->jid(), *juliet_, romeo_->jid()) == romeos;
    });
  }
  static bool comes_to(Person& person, qint64 message, TransferState state) {
    return soon([&] {
      const auto transfer = person.account->transfers().find(message);
      return transfer && transfer->state == state;
    });
  }
  bool writes_file() {
    QFile file(path("poem.txt"));
    return file.open(QIODevice::WriteOnly) && file.write(poem()) == file_size;
  }
  // As Juliet has it, when Romeo has sent the file.
  qint64 receive_file() {
    romeo_->account->messenger().send_file(juliet_->jid(), path("poem.txt"));
    const auto page = [&] { return juliet_->account->history().newest(romeo_->jid(), 1); };
    return soon([&] { return !page().isEmpty(); }) ? page().first().id : 0;
  }
  static void cuts() {
    QTest::addColumn<Cut>("how");
    QTest::newRow("reset") << Cut::reset;
    QTest::newRow("silence") << Cut::silence;
  }

 private slots:
  void init() {
    chat_ = std::make_unique<CuttableProxy>();
    files_ = std::make_unique<CuttableProxy>();
    QFile config(path("queqiaod.toml"));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("[http]\npublic_url = \"http://127.0.0.1:" + QByteArray::number(files_->serverPort()) + "\"\n");
    config.close();
    server_ = std::make_unique<ServerProcess>(
        QStringList{"--trust-loopback", "--http", "127.0.0.1:0", "--config", config.fileName()});
    QVERIFY(server_->add_user("juliet") && server_->add_user("romeo"));
    chat_->lead_to(server_->port());
    files_->lead_to(server_->http_port());
    juliet_ = std::make_unique<Person>("juliet", chat_->serverPort());
    romeo_ = std::make_unique<Person>("romeo", server_->port());
    make_impatient(*juliet_);
    QVERIFY(juliet_->log_in() && romeo_->log_in());
    QVERIFY(befriend(*juliet_, *romeo_));
    QVERIFY(writes_file());
  }
  void cleanup() {
    juliet_.reset();
    romeo_.reset();
    server_.reset();
    for (const auto& file : QDir(folder_.path()).entryList(QDir::Files)) QFile::remove(path(file));
  }

  void a_chat_loses_nothing_and_repeats_nothing_data() { cuts(); }
  void a_chat_loses_nothing_and_repeats_nothing() {
    QFETCH(Cut, how);
    QStringList juliets, romeos;
    qint64 last = 0;
    const auto talk = [&](const QString& when) {
      for (int i = 0; i < 20; ++i) {
        juliets.append(QStringLiteral("j %1 %2").arg(when).arg(i));
        romeos.append(QStringLiteral("r %1 %2").arg(when).arg(i));
        last = juliet_->account->messenger().send_text(romeo_->jid(), juliets.last());
        romeo_->account->messenger().send_text(juliet_->jid(), romeos.last());
      }
    };
    chat_->go_down_after(3000, how);  // in the middle of the first words
    talk("before");
    QVERIFY(soon([&] { return chat_->is_down(); }));
    talk("at once");
    QVERIFY(soon([&] { return juliet_->account->state() != ConnectionState::online; }));
    talk("later");
    chat_->come_back();
    talk("after");
    QVERIFY(both_have(juliets, romeos));
    QVERIFY(soon([&] { return juliet_->account->history().find(last)->delivery == Delivery::delivered; }));
    juliet_->account->messenger().send_text(romeo_->jid(), "the end");
    romeo_->account->messenger().send_text(juliet_->jid(), "the end");
    QVERIFY(both_have(juliets << "the end", romeos << "the end"));
  }

  void an_upload_goes_on_where_it_stood_data() { cuts(); }
  void an_upload_goes_on_where_it_stood() {
    QFETCH(Cut, how);
    QVERIFY(soon([&] { return juliet_->account->transfers().largest_upload() > 0; }));
    files_->go_down_after(file_size * 3 / 4, how);
    const auto id = juliet_->account->messenger().send_file(romeo_->jid(), path("poem.txt"));
    QVERIFY(soon([&] { return files_->is_down(); }));
    chat_->go_down(how);
    QVERIFY(comes_to(*juliet_, id, TransferState::waiting));
    files_->come_back();
    chat_->come_back();
    QVERIFY(comes_to(*juliet_, id, TransferState::done));
    qInfo("%lld of %d bytes after the cut", files_->passed(), file_size);
    QVERIFY(files_->passed() < file_size * 3 / 4);
    QVERIFY(soon([&] { return !romeo_->account->history().newest(juliet_->jid(), 10).isEmpty(); }));
    const auto received = romeo_->account->history().newest(juliet_->jid(), 10);
    QCOMPARE(received.size(), 1);
    romeo_->account->transfers().download(received.first().id, path("received.txt"));
    QVERIFY(comes_to(*romeo_, received.first().id, TransferState::done));
    QVERIFY(contents(path("received.txt")) == poem());
  }

  void an_upload_that_missed_the_answer_is_not_repeated() {
    QVERIFY(soon([&] { return juliet_->account->transfers().largest_upload() > 0; }));
    files_->go_down_after(file_size + 100, Cut::silence);  // with the head, all but some hundred bytes
    const auto id = juliet_->account->messenger().send_file(romeo_->jid(), path("poem.txt"));
    QVERIFY(soon([&] { return files_->is_down(); }));
    QVERIFY(comes_to(*juliet_, id, TransferState::waiting));
    files_->come_back();
    QVERIFY(comes_to(*juliet_, id, TransferState::done));
    QVERIFY(files_->passed() < file_size / 2);
  }

  void what_is_paused_moves_nothing_until_it_goes_on() {
    const auto id = receive_file();
    auto& transfers = juliet_->account->transfers();
    files_->go_down_after(file_size / 2, Cut::silence);
    transfers.download(id, path("received.txt"));
    QVERIFY(soon([&] { return files_->is_down(); }));
    transfers.pause(id);
    QCOMPARE(transfers.find(id)->state, TransferState::paused);
    files_->come_back();
    juliet_->account.reset();  // as after a start of the program
    juliet_->account = Account::create(juliet_->settings);
    QVERIFY(juliet_->log_in());
    const auto loaded = juliet_->account->transfers().find(id);
    QCOMPARE(loaded->state, TransferState::paused);
    QCOMPARE(loaded->bytes_total, qint64{file_size});
    QVERIFY(loaded->bytes_done > 0);
    const auto passed = files_->passed();
    juliet_->account->transfers().resume(id);
    QVERIFY(comes_to(*juliet_, id, TransferState::done));
    QVERIFY(contents(path("received.txt")) == poem());
    QVERIFY(files_->passed() - passed < file_size);
  }

  void a_paused_upload_goes_on_where_it_stood() {
    auto& transfers = juliet_->account->transfers();
    QVERIFY(soon([&] { return transfers.largest_upload() > 0; }));
    files_->go_down_after(file_size * 3 / 4, Cut::silence);
    const auto id = juliet_->account->messenger().send_file(romeo_->jid(), path("poem.txt"));
    QVERIFY(soon([&] { return files_->is_down(); }));
    transfers.pause(id);
    files_->cut();
    files_->come_back();
    QCOMPARE(transfers.find(id)->state, TransferState::paused);
    transfers.resume(id);
    QVERIFY(comes_to(*juliet_, id, TransferState::done));
    QVERIFY(files_->passed() < file_size * 3 / 4);
  }

  void an_upload_of_a_file_that_changed_begins_anew_data() {
    QTest::addColumn<qint64>("sent");
    QTest::newRow("in the middle") << qint64{file_size * 3 / 4};
    QTest::newRow("only the answer was lost") << qint64{file_size + 100};
  }
  void an_upload_of_a_file_that_changed_begins_anew() {
    QFETCH(qint64, sent);
    QVERIFY(soon([&] { return juliet_->account->transfers().largest_upload() > 0; }));
    files_->go_down_after(sent, Cut::silence);
    const auto id = juliet_->account->messenger().send_file(romeo_->jid(), path("poem.txt"));
    QVERIFY(soon([&] { return files_->is_down(); }));
    juliet_->account->transfers().pause(id);
    files_->cut();
    const auto other = poem().replace("line", "LINE");
    QFile file(path("poem.txt"));
    QVERIFY(file.open(QIODevice::ReadWrite) && file.write(other) == other.size() && file.flush());
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(60), QFileDevice::FileModificationTime));
    file.close();
    files_->come_back();
    juliet_->account->transfers().resume(id);
    QVERIFY(comes_to(*juliet_, id, TransferState::done));
    QVERIFY(soon([&] { return !romeo_->account->history().newest(juliet_->jid(), 10).isEmpty(); }));
    const auto received = romeo_->account->history().newest(juliet_->jid(), 1).first();
    romeo_->account->transfers().download(received.id, path("received.txt"));
    QVERIFY(comes_to(*romeo_, received.id, TransferState::done));
    QVERIFY(contents(path("received.txt")) == other);
  }

  void a_download_goes_on_where_it_stood_data() { cuts(); }
  void a_download_goes_on_where_it_stood() {
    QFETCH(Cut, how);
    const auto id = receive_file();
    QVERIFY(id != 0);
    files_->go_down_after(file_size * 3 / 4, how);
    juliet_->account->transfers().download(id, path("received.txt"));
    QVERIFY(soon([&] { return files_->is_down(); }));
    chat_->go_down(how);
    QVERIFY(comes_to(*juliet_, id, TransferState::waiting));
    files_->come_back();
    chat_->come_back();
    QVERIFY(comes_to(*juliet_, id, TransferState::done));
    qInfo("%lld of %d bytes after the cut", files_->passed(), file_size);
    QVERIFY(files_->passed() < file_size * 3 / 4);
    QVERIFY(contents(path("received.txt")) == poem());
  }
};

}  // namespace queqiao::client::test

Q_DECLARE_METATYPE(queqiao::client::test::CuttableProxy::Cut)
QTEST_GUILESS_MAIN(queqiao::client::test::NetworkCutTest)
#include "network_cut_test.moc"
