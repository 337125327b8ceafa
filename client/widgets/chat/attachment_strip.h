#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

class QHBoxLayout;

namespace queqiao::client {

// What goes out with the next message: pasted pictures, captured areas, pasted files. Pictures are written to a file on
// another thread; is_ready() says when all are there.
class AttachmentStrip : public QWidget {
  Q_OBJECT

 public:
  static constexpr int most_attachments = 20;

  explicit AttachmentStrip(QWidget* parent = nullptr);
  void add_picture(const QImage& picture);
  void add_file(const QString& path);
  bool is_empty() const { return attachments_.isEmpty(); }
  bool is_ready() const;
  QStringList take();  // the paths; the strip is empty afterwards

 signals:
  void changed();                   // also: a picture is ready
  void failed(const QString& why);  // a picture could not be written

 private:
  struct Attachment {
    int number = 0;
    QString path;  // empty: being written
    QWidget* card = nullptr;
  };

  QWidget* make_card(int number, const QPixmap& picture, const QString& name);
  void add(const QString& path, const QPixmap& picture, const QString& name);
  void remove(int number);
  void written(int number, const QString& path, bool is_good);

  QList<Attachment> attachments_;
  QHBoxLayout* row_;
  int last_number_ = 0;
};

}  // namespace queqiao::client
