#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include "client/core/history/database.h"
#include "client/core/transfers.h"

namespace queqiao::client {

// What an upload has begun with: only the same file may go on in the slot.
struct UploadBeginning {
  QString slot;        // its XML (XEP-0363); empty: none yet
  qint64 size = -1;    // of the file, bytes
  qint64 changed = 0;  // when the file was, milliseconds since 1970
  QByteArray sha256;   // of the file; empty: not known
};

// A transfer that is not done, as it is kept on disk.
struct StoredTransfer {
  qint64 message = 0;
  bool is_upload = false;
  TransferState state = TransferState::waiting;
  QString path;  // that is read, or written when it is whole
  QString failure;
  UploadBeginning beginning;  // of an upload
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
