#include "client/core/transfers/transfer_table.h"

namespace queqiao::client {

QList<StoredTransfer> TransferTable::all() {
  QList<StoredTransfer> transfers;
  auto rows = database_.run(
      "SELECT message, is_upload, state, path, failure, slot, file_size, file_changed, file_sha256 "
      "FROM transfer ORDER BY message");
  while (rows.next()) {
    transfers.append({rows.number(0),
                      rows.flag(1),
                      static_cast<TransferState>(rows.number(2)),
                      rows.text(3),
                      rows.text(4),
                      {rows.text(5), rows.number(6), rows.number(7), rows[8].toByteArray()}});
  }
  return transfers;
}

void TransferTable::put(const StoredTransfer& transfer) {
  database_.run(
      "INSERT OR REPLACE INTO transfer(message, is_upload, state, path, failure, slot, file_size, file_changed, "
      "file_sha256) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {transfer.message, int{transfer.is_upload}, static_cast<int>(transfer.state), transfer.path, transfer.failure,
       transfer.beginning.slot, transfer.beginning.size, transfer.beginning.changed, transfer.beginning.sha256});
}

void TransferTable::remove(qint64 message) {
  database_.run("DELETE FROM transfer WHERE message = ?", {message});
}

}  // namespace queqiao::client
