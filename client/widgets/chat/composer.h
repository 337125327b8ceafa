#pragma once

#include <QStringList>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QMimeData;

namespace queqiao::client {

class AttachmentStrip;
class ContextBar;
class EmojiPanel;
class IconButton;
class MessageEdit;
class Settings;

// The lower part of a chat: tools, what goes along, what is answered or edited, the input, the send button.
class Composer : public QWidget {
  Q_OBJECT

 public:
  Composer(Settings& settings, QWidget* parent = nullptr);

  QString text() const;
  void set_text(const QString& text);  // as one step that can be undone
  void insert_text(const QString& text);
  void take(const QMimeData& dropped_or_pasted);
  void add_picture(const QImage& picture);
  void set_context(const QString& icon_name, const QString& title, const QString& text);
  void clear_context();
  void set_enabled(bool is_enabled, const QString& why_not);  // no sending: blocked, for example
  void pass_key(QKeyEvent* event);                            // typed while the list had the focus
  void focus_input();
  void open_emoji();
  MessageEdit& edit() { return *edit_; }
  AttachmentStrip& attachments() { return *attachments_; }
  IconButton& shake_button() { return *shake_; }

 signals:
  void submitted(const QString& text, const QStringList& files);
  void text_changed();
  void context_closed();
  void edit_last_wanted();
  void capture_wanted();
  void file_wanted();
  void folders_pasted(const QStringList& paths);  // no part of the message: they are sent when asked about
  void shake_wanted();
  void games_wanted();
  void problem(const QString& text);

 private:
  void connect_input();
  void connect_attachments();
  void build_tools();
  void lay_out();
  void set_texts();
  void submit();
  void offer_as_file(const QString& text);
  void attach_as_file(const QString& text);
  void update_send_button();
  void show_send_key_menu();

  Settings& settings_;
  IconButton* emoji_;
  IconButton* capture_;
  IconButton* file_;
  IconButton* shake_;
  IconButton* games_;
  ContextBar* context_;
  ContextBar* offer_;  // text that is too long for a message
  AttachmentStrip* attachments_;
  MessageEdit* edit_;
  QLabel* hint_;
  QPushButton* send_;
  EmojiPanel* panel_ = nullptr;
  QString too_long_, why_disabled_;
  bool is_waiting_for_pictures_ = false;
};

}  // namespace queqiao::client
