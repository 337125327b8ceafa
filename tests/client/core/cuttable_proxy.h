#pragma once

#include <QList>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <optional>

namespace queqiao::client::test {

// A way to a server that can be cut as networks are.
class CuttableProxy : public QTcpServer {
 public:
  // reset: both sides hear of it, and nobody gets through. silence: nobody hears anything; what was said meanwhile
  // arrives when the way is back, as TCP's repetitions do, even if who said it has gone.
  enum class Cut : quint8 { reset, silence };

  explicit CuttableProxy(quint16 to_port = 0) : to_port_(to_port) {
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] { accept(); });
  }
  void lead_to(quint16 port) { to_port_ = port; }

  void cut();  // for a moment, by a reset
  void go_down(Cut how);
  void go_down_after(qint64 bytes, Cut how);  // that have passed from now on, in both directions together
  void come_back();
  bool is_down() const { return down_.has_value(); }
  qint64 passed() const { return passed_; }  // bytes since the beginning or the last come_back()

 private:
  struct Way {
    QPointer<QTcpSocket> near, far;
  };

  void accept();
  void forward(const Way& way);
  void forward(QTcpSocket* from, QTcpSocket* to);

  quint16 to_port_;
  QList<Way> ways_;
  std::optional<Cut> down_;
  Cut next_cut_ = Cut::reset;
  std::optional<qint64> allowance_;
  qint64 passed_ = 0;
};

}  // namespace queqiao::client::test
