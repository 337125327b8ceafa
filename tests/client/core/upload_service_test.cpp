#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include "client/core/history.h"
#include "client/core/messenger.h"
#include "client/core/transfers.h"
#include "scripted_server.h"
#include "server_process.h"
#include "xmpp/namespaces.h"
#include "xmpp/xep/upload.h"

namespace queqiao::client::test {
namespace {

constexpr int file_size = 20'000;

// An upload service that keeps no part of a file: what becomes of each PUT is the test's choice.
class UploadService : public QTcpServer {
 public:
  std::function<void(QTcpSocket* from)> take;  // all of a file that has come
  int puts = 0;

  UploadService() {
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] {
      auto* socket = nextPendingConnection();
      connect(socket, &QTcpSocket::readyRead, this, [this, socket] { receive(socket); });
    });
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(serverPort()) + "/file"; }

 private:
  void receive(QTcpSocket* socket) {
    const auto request = socket->peek(2 * file_size);
    const auto head = request.indexOf("\r\n\r\n") + 4;
    if (head < 4) return;
    if (!request.startsWith("PUT")) {
      socket->readAll();
      socket->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    } else if (request.size() - head == file_size) {
      socket->readAll();
      ++puts;
      take(socket);
    }
  }
};

}  // namespace

class UploadServiceTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::unique_ptr<UploadService> service_;
  std::unique_ptr<ScriptedServer> server_;
  std::unique_ptr<Account> account_;
  int accounts_ = 0;

  std::optional<std::string> answer(const xml::Element& iq) const {
    const auto ns = iq.first_child().ns();
    if (ns == xmpp::ns::disco_info) {
      return "<query xmlns='http://jabber.org/protocol/disco#info'><feature var='" + std::string(xmpp::ns::upload) +
             "'/></query>";
    }
    if (ns != xmpp::ns::upload) return std::nullopt;
    return "<slot xmlns='" + std::string(ns) + "'><put url='" + service_->url() + "'/><get url='" + service_->url() +
           "'/></slot>";
  }
  qint64 send_file() { return account_->messenger().send_file("juliet@localhost", folder_.filePath("poem.bin")); }
  bool comes_to(qint64 message, TransferState state) {
    return QTest::qWaitFor([&] { return account_->transfers().find(message)->state == state; }, 2 * patience);
  }

 private slots:
  void init() {
    account_.reset();
    service_ = std::make_unique<UploadService>();
    server_ = std::make_unique<ScriptedServer>([this](const xml::Element& iq) { return answer(iq); });
    auto settings = settings_for("romeo", server_->serverPort(), folder_.filePath(QString::number(++accounts_)));
    settings.transfer_timeout = std::chrono::seconds(1);
    account_ = Account::create(settings);
    account_->connect_to_server(Status::online);
    QTRY_VERIFY_WITH_TIMEOUT(account_->transfers().largest_upload() > 0, patience);
    QFile file(folder_.filePath("poem.bin"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(file_size, 'x')) == file_size);
  }
  void cleanup() { account_.reset(); }

  void a_service_that_never_keeps_the_file_is_given_up() {
    service_->take = [](QTcpSocket* from) { from->abort(); };
    const auto id = send_file();
    QVERIFY(comes_to(id, TransferState::failed));
    QVERIFY(service_->puts >= 9 && service_->puts < 30);  // Qt itself repeats what breaks off on a used connection
  }

  void a_service_may_take_its_time_with_what_is_all_there() {
    service_->take = [](QTcpSocket* from) {
      QTimer::singleShot(2000, from, [from] { from->write("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"); });
    };
    const auto id = send_file();
    QVERIFY(comes_to(id, TransferState::done));
    QCOMPARE(service_->puts, 1);
  }
};

}  // namespace queqiao::client::test

QTEST_GUILESS_MAIN(queqiao::client::test::UploadServiceTest)
#include "upload_service_test.moc"
