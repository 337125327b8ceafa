#include <QCryptographicHash>
#include <QFile>
#include <QImage>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/core/transfers.h"
#include "server_process.h"

namespace queqiao::client::test {
namespace {

QByteArray noise(int size) {
  QByteArray bytes(size, Qt::Uninitialized);
  for (auto& byte : bytes) byte = static_cast<char>(QRandomGenerator::global()->generate());
  return bytes;
}

QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool write(const QString& path, const QByteArray& bytes) {
  QFile file(path);
  return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

}  // namespace

// Over TLS with the server's own certificate: what the user accepts for the account counts for its files as well.
class TransfersTest : public QObject {
  Q_OBJECT

  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Person> juliet_, romeo_;
  QTemporaryDir folder_;
  const QByteArray bytes_ = noise(700'000);

  std::unique_ptr<Person> person(const QString& name) {
    auto made = std::make_unique<Person>(name, server_->port());
    made->settings.allows_plain_loopback = false;
    open(*made);
    return made;
  }
  // As after a start of the program.
  static void open(Person& person) {
    person.account.reset();
    person.account = Account::create(person.settings);
    auto* account = person.account.get();
    connect(account, &Account::certificate_question, account, [account] { account->answer_certificate(true); });
  }
  QString path(const QString& name) const { return folder_.filePath(name); }
  static std::optional<Message> newest(Person& person, const QString& chat) {
    const auto page = person.account->history().newest(chat, 1);
    return page.isEmpty() ? std::nullopt : std::optional(page.first());
  }
  static bool comes_to(Person& person, qint64 message, TransferState state) {
    return QTest::qWaitFor(
        [&] {
          const auto transfer = person.account->transfers().find(message);
          return transfer && transfer->state == state;
        },
        patience);
  }
  // The message as Romeo has it.
  Message arrive() {
    if (!QTest::qWaitFor([&] { return newest(*romeo_, juliet_->jid()).has_value(); }, patience)) return {};
    return *newest(*romeo_, juliet_->jid());
  }

 private slots:
  void init() {
    server_ = std::make_unique<ServerProcess>(QStringList{"--trust-loopback", "--https", "127.0.0.1:0"});
    QVERIFY(server_->add_user("juliet") && server_->add_user("romeo"));
    juliet_ = person("juliet");
    romeo_ = person("romeo");
    QVERIFY(juliet_->log_in() && romeo_->log_in());
    QTRY_VERIFY_WITH_TIMEOUT(juliet_->account->transfers().largest_upload() > 0, patience);
    QVERIFY(write(path("poem.bin"), bytes_));
  }
  void cleanup() {
    juliet_.reset();
    romeo_.reset();
    server_.reset();
    for (const auto& file : QDir(folder_.path()).entryList(QDir::Files)) QFile::remove(path(file));
  }

  void a_file_arrives_as_it_was_sent() {
    const auto id = juliet_->account->messenger().send_file(romeo_->jid(), path("poem.bin"));
    QVERIFY(comes_to(*juliet_, id, TransferState::done));
    const auto message = arrive();
    QCOMPARE(message.kind, MessageKind::file);
    QCOMPARE(message.file->name, QString("poem.bin"));
    QCOMPARE(message.file->size, qint64{bytes_.size()});
    QCOMPARE(message.file->sha256, QCryptographicHash::hash(bytes_, QCryptographicHash::Sha256));
    romeo_->account->transfers().download(message.id, path("received.bin"));
    QVERIFY(comes_to(*romeo_, message.id, TransferState::done));
    QVERIFY(contents(path("received.bin")) == bytes_);
    QVERIFY(!QFile::exists(path("received.bin.part")));
    QCOMPARE(romeo_->account->history().find(message.id)->file->local_path, path("received.bin"));
  }

  void a_picture_shows_before_it_is_fetched() {
    QImage image(320, 200, QImage::Format_RGB32);
    image.fill(Qt::red);
    QVERIFY(image.save(path("red.png")));
    juliet_->account->messenger().send_file(romeo_->jid(), path("red.png"));
    const auto message = arrive();
    QVERIFY(message.file && message.file->is_picture());
    QCOMPARE(message.file->picture_size, QSize(320, 200));
    QVERIFY(!QImage::fromData(message.file->thumbnail).isNull());
    QVERIFY(message.file->local_path.isEmpty());
  }

  void a_download_goes_on_where_it_stood() {
    juliet_->account->messenger().send_file(romeo_->jid(), path("poem.bin"));
    const auto message = arrive();
    QVERIFY(write(path("received.bin.part"), bytes_.left(500'000)));
    qint64 first = -1;
    connect(&romeo_->account->transfers(), &Transfers::changed, this, [&](const Transfer& transfer) {
      if (first < 0 && transfer.bytes_done > 0) first = transfer.bytes_done;
    });
    romeo_->account->transfers().download(message.id, path("received.bin"));
    QVERIFY(comes_to(*romeo_, message.id, TransferState::done));
    QVERIFY(contents(path("received.bin")) == bytes_);
    QVERIFY(first > 500'000);
  }

  void a_damaged_file_is_not_kept() {
    juliet_->account->messenger().send_file(romeo_->jid(), path("poem.bin"));
    const auto message = arrive();
    QVERIFY(write(path("received.bin.part"), noise(500'000)));
    romeo_->account->transfers().download(message.id, path("received.bin"));
    QVERIFY(comes_to(*romeo_, message.id, TransferState::failed));
    QVERIFY(!QFile::exists(path("received.bin")) && !QFile::exists(path("received.bin.part")));
    romeo_->account->transfers().retry(message.id);
    QVERIFY(comes_to(*romeo_, message.id, TransferState::done));
    QVERIFY(contents(path("received.bin")) == bytes_);
  }

  void what_was_to_be_sent_goes_out_after_a_restart() {
    juliet_->account->disconnect_from_server();
    QTRY_COMPARE_WITH_TIMEOUT(juliet_->account->state(), ConnectionState::offline, patience);
    const auto id = juliet_->account->messenger().send_file(romeo_->jid(), path("poem.bin"));
    open(*juliet_);
    QCOMPARE(juliet_->account->transfers().find(id)->state, TransferState::waiting);
    QVERIFY(juliet_->log_in());
    QVERIFY(comes_to(*juliet_, id, TransferState::done));
    QCOMPARE(arrive().file->size, qint64{bytes_.size()});
  }

  void a_cancelled_upload_can_be_tried_again() {
    juliet_->account->disconnect_from_server();
    QTRY_COMPARE_WITH_TIMEOUT(juliet_->account->state(), ConnectionState::offline, patience);
    const auto id = juliet_->account->messenger().send_file(romeo_->jid(), path("poem.bin"));
    juliet_->account->transfers().cancel(id);
    QCOMPARE(juliet_->account->history().find(id)->delivery, Delivery::failed);
    QVERIFY(juliet_->log_in());
    juliet_->account->messenger().resend(id);
    QVERIFY(comes_to(*juliet_, id, TransferState::done));
    QCOMPARE(arrive().kind, MessageKind::file);
  }

  void a_file_that_cannot_be_read_fails_with_words() {
    const auto id = juliet_->account->messenger().send_file(romeo_->jid(), path("missing.bin"));
    QVERIFY(comes_to(*juliet_, id, TransferState::failed));
    QVERIFY(!juliet_->account->history().find(id)->failure.isEmpty());
  }
};

}  // namespace queqiao::client::test

QTEST_GUILESS_MAIN(queqiao::client::test::TransfersTest)
#include "transfers_test.moc"
