#pragma once

#include <QDialog>
#include <QImage>
#include <QListWidget>

namespace queqiao::client {

// Chooses an avatar: from the gallery that the program carries, or a part of a picture file. Deletes itself.
class AvatarPicker final : public QDialog {
  Q_OBJECT

 public:
  explicit AvatarPicker(QWidget* parent);
  static QImage gallery_picture(const QString& name, int side);
  static QStringList gallery();  // names

 signals:
  void chosen(const QImage& image);  // null: no avatar any more

 private:
  void open_file();

  QListWidget* list_;
};

}  // namespace queqiao::client
