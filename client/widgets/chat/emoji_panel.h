#pragma once

#include <QFrame>

class QLineEdit;
class QListWidget;
class QTabBar;
class QLabel;

namespace queqiao::client {

class Settings;

// The pop-up with emoji: recent ones, categories, search. A choice closes it, with Shift held it stays open.
class EmojiPanel : public QFrame {
  Q_OBJECT

 public:
  explicit EmojiPanel(Settings& settings, QWidget* parent = nullptr);

  // Above `button`, moved so that all of it is on that screen.
  void show_at(const QWidget& button);
  // Where a panel of `size` goes so that nothing of it is cut off, if it can be: above `anchor`, else below.
  static QRect place(QSize size, const QRect& anchor, const QRect& screen);

  static QStringList recent(const Settings& settings);
  static void remember(Settings& settings, const QString& emoji);

 signals:
  void chosen(const QString& emoji);

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void build_grid();
  void build_tabs();
  void set_texts();
  void show_category(int tab);
  void show_emoji(const QStringList& emoji, const QString& when_empty);
  void choose(const QString& emoji);

  Settings& settings_;
  QLineEdit* search_;
  QListWidget* grid_;
  QTabBar* tabs_;
  QLabel* nothing_;
};

}  // namespace queqiao::client
