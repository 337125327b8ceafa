#pragma once

#include <QList>
#include <QString>

#include "client/core/history/database.h"
#include "client/core/transfers.h"

namespace queqiao::client {

// A transfer that is not done, as it is kept on disk.
struct StoredTransfer {
  qint64 message = 0;
  bool is_upload = false;
  TransferState state = TransferState::waiting;
  QString path;  // that is read, or written when it is whole
  QString failure;
  QString slot;  // of an upload: XML of its slot (XEP-0363); empty: none yet
};

class TransferTable {
 public:
  explicit TransferTable(Database& database) : database_(database) {}
  QList<StoredTransfer> all();
  void put(const StoredTransfer& transfer);
  void remove(qint64 message);

 private:
  Database& database_;
};

}  // namespace queqiao::client
