#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <memory>

namespace queqiao::app {

// One program for each data folder: two would write the same history. The second one asks the first to show itself.
class SingleInstance final : public QObject {
  Q_OBJECT

 public:
  explicit SingleInstance(const QString& data_folder);
  bool is_first() const { return is_first_; }
  void wake_first() const;  // when not the first

 signals:
  void woken();

 private:
  QString name_;
  std::unique_ptr<QLockFile> lock_;
  QLocalServer server_;
  bool is_first_ = false;
};

}  // namespace queqiao::app
