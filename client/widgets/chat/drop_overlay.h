#pragma once

#include <QStringList>
#include <QWidget>

class QMimeData;

namespace queqiao::client {

// Covers a chat while files are dragged over it and says what dropping them does.
class DropOverlay : public QWidget {
  Q_OBJECT

 public:
  static constexpr int most_files = 200;  // of one drop, folders included

  explicit DropOverlay(QWidget* parent);
  void cover(const QString& text);

  // The files of a drop: those in its folders as well, hidden ones not. Empty: it has no files of this machine.
  static QStringList files_of(const QMimeData& dropped);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  QString text_;
};

}  // namespace queqiao::client
