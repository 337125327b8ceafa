// One end of scripts/network-cut: talker USER HOST PORT FOLDER PEER SECONDS [FILE]
// Logs in over TLS, writes to PEER twice a second for so long, sends FILE if there is one, fetches what PEER sends, and
// ends when PEER has said "end" and nothing is left to go out. Prints what was said, in the history's order, and how
// many bytes of files its reports of progress began anew.
#include <QCoreApplication>
#include <QDateTime>
#include <QTextStream>
#include <QTimer>

#include "client/core/history/local_history.h"
#include "client/core/messenger.h"
#include "client/core/transfers.h"
#include "server_process.h"

using namespace queqiao::client;

namespace {

class Talker {
 public:
  explicit Talker(const QStringList& arguments)
      : name_(arguments[1]), peer_(arguments[5]), folder_(arguments[4]), left_(arguments[6].toInt() * 2) {
    auto settings = test::settings_for(name_, arguments[3].toUShort(), folder_);
    settings.host = arguments[2];
    settings.allows_plain_loopback = false;
    account_ = Account::create(settings);
    auto* account = account_.get();
    QObject::connect(account, &Account::certificate_question, account,
                     [account] { account->answer_certificate(true); });
    QObject::connect(account, &Account::state_changed, account, [this] { say("state", account_->state_text()); });
    QObject::connect(&account->messenger(), &Messenger::received, account, [this](const Message& message) {
      has_heard_end_ = has_heard_end_ || message.text == "end";
      if (message.file) account_->transfers().download(message.id, folder_ + "/received");
      if (message.file) files_.append(message.id);
    });
    QObject::connect(&account->transfers(), &Transfers::changed, account, [this](const Transfer& t) { note(t); });
    QObject::connect(&turn_, &QTimer::timeout, account, [this] { turn(); });
    account->connect_to_server(Status::online);
    if (arguments.size() > 7) files_.append(account->messenger().send_file(peer_, arguments[7]));
    turn_.start(500);
  }

 private:
  void say(const char* what, const QString& text) {
    QTextStream(stdout) << QDateTime::currentDateTime().toString("hh:mm:ss") << ' ' << what << ' ' << text << '\n';
  }
  void note(const Transfer& transfer) {
    if (transfer.bytes_done < furthest_ && transfer.bytes_done > 0) went_back_ += furthest_ - transfer.bytes_done;
    furthest_ = transfer.bytes_done;
    if (transfer.state != state_) say("file", QString::number(int(transfer.state)) + ' ' + transfer.failure);
    state_ = transfer.state;
  }
  void turn() {
    if (left_ >= 0) account_->messenger().send_text(peer_, left_ > 0 ? QString::number(left_) : "end");
    if (left_-- >= 0) return;
    auto* history = qobject_cast<LocalHistory*>(&account_->history());
    for (const auto file : files_) {
      const auto transfer = account_->transfers().find(file);
      if (!transfer || transfer->state != TransferState::done) return;
    }
    if (!has_heard_end_ || !history->outbox().all().isEmpty()) return;
    for (const auto& message : history->newest(peer_, 10'000)) {
      if (!message.text.isEmpty()) say(message.is_outgoing ? "said" : "heard", message.text);
    }
    say("anew", QString::number(went_back_));
    QCoreApplication::quit();
  }

  QString name_, peer_, folder_;
  int left_;  // messages
  bool has_heard_end_ = false;
  QList<qint64> files_;
  TransferState state_ = TransferState::waiting;
  qint64 furthest_ = 0, went_back_ = 0;  // bytes
  std::unique_ptr<Account> account_;
  QTimer turn_;
};

}  // namespace

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  if (application.arguments().size() < 7) return 2;
  const Talker talker(application.arguments());
  return application.exec();
}
