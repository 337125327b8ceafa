#include "cuttable_proxy.h"

#include <algorithm>
#include <utility>

namespace queqiao::client::test {
namespace {

constexpr qint64 read_buffer = 65'536;  // bytes: who sends more waits, as for a network

}  // namespace

void CuttableProxy::cut() {
  for (const auto& way : std::exchange(ways_, {})) {
    if (way.near) way.near->abort();
    if (way.far) way.far->abort();
  }
}

void CuttableProxy::go_down(Cut how) {
  allowance_.reset();
  down_ = how;
  if (how == Cut::reset) cut();
}

void CuttableProxy::go_down_after(qint64 bytes, Cut how) {
  allowance_ = bytes;
  next_cut_ = how;
}

void CuttableProxy::come_back() {
  down_.reset();
  passed_ = 0;
  const auto ways = ways_;
  for (const auto& way : ways) forward(way);
}

void CuttableProxy::accept() {
  auto* near = nextPendingConnection();
  if (down_ == Cut::reset) return near->abort();
  const Way way{near, new QTcpSocket(this)};
  ways_.append(way);
  for (const auto& socket : {way.near, way.far}) {
    socket->setReadBufferSize(read_buffer);
    connect(socket, &QTcpSocket::connected, this, [this, way] { forward(way); });
    connect(socket, &QTcpSocket::readyRead, this, [this, way] { forward(way); });
    connect(socket, &QTcpSocket::disconnected, this, [this, way] { forward(way); });
  }
  forward(way);
}

// What is held back stays in the sockets' buffers.
void CuttableProxy::forward(const Way& way) {
  if (down_ || !way.near || !way.far) return;
  if (way.far->state() == QAbstractSocket::UnconnectedState && !way.far->isOpen()) {
    return way.far->connectToHost(QHostAddress::LocalHost, to_port_);
  }
  if (way.far->state() != QAbstractSocket::ConnectedState && way.far->bytesAvailable() == 0) {
    if (way.far->state() == QAbstractSocket::UnconnectedState) way.near->disconnectFromHost();
    return;
  }
  forward(way.near, way.far);
  if (!down_) forward(way.far, way.near);
  if (!down_ && way.near->state() == QAbstractSocket::UnconnectedState) way.far->disconnectFromHost();
}

void CuttableProxy::forward(QTcpSocket* from, QTcpSocket* to) {
  const auto bytes = from->read(std::min(from->bytesAvailable(), allowance_.value_or(from->bytesAvailable())));
  if (!bytes.isEmpty() && to->isOpen()) to->write(bytes);
  passed_ += bytes.size();
  if (!allowance_) return;
  *allowance_ -= bytes.size();
  if (*allowance_ > 0) return;
  to->flush();
  go_down(next_cut_);
}

}  // namespace queqiao::client::test
