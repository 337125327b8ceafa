// What holds for all windows of chats: names for screen readers, Esc.
#include <QStandardPaths>

#include "client/widgets/chat/chat_frame.h"
#include "client/widgets/chat/chat_search_bar.h"
#include "client/widgets/chat/chat_view.h"
#include "client/widgets/chat/composer.h"
#include "client/widgets/chat/emoji_panel.h"
#include "client/widgets/chat/forward_dialog.h"
#include "client/widgets/chat/history_window.h"
#include "client/widgets/chat/message_list.h"
#include "client/widgets/chat/picture_viewer.h"
#include "client/widgets/language.h"
#include "tests/client/widgets/chat/chat_scene.h"
#include "tests/client/widgets/keyboard_and_readers.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

class AccessTest : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
  void init() {
    set_language("en");
    scene_ = std::make_unique<ChatScene>();
    scene_->account.fake_history.fill(romeo, 20);
  }
  void cleanup() { scene_.reset(); }

  void every_control_of_a_chat_has_a_name() {
    for (const QString& language : languages()) {
      set_language(language);
      ChatFrame frame(scene_->account.settings());
      auto* view = new ChatView(scene_->account, romeo);
      frame.add(view);
      frame.add(new ChatView(scene_->account, nurse));
      frame.show();
      view->composer().add_picture(QImage(4, 4, QImage::Format_RGB32));
      view->search_bar().open();
      emit view->list().quote_wanted(1);
      QCOMPARE(nameless_controls(frame), QString());
      view->cancel_innermost();
      view->list().set_choosing(true, 1);
      QCOMPARE(nameless_controls(frame), QString());
    }
  }

  void every_control_of_the_other_windows_has_a_name() {
    HistoryWindow history(scene_->account);
    history.show_chat(romeo);
    ForwardDialog forward(scene_->account, 1);
    EmojiPanel emoji(scene_->account.settings());
    PictureViewer viewer("/nowhere.png", "nowhere.png");
    viewer.setAttribute(Qt::WA_DeleteOnClose, false);
    for (QWidget* window : std::initializer_list<QWidget*>{&history, &forward, &emoji, &viewer}) {
      window->show();
      QCOMPARE(nameless_controls(*window), QString());
      window->hide();
    }
  }

  void every_window_closes_on_escape() {
    ChatFrame frame(scene_->account.settings());
    frame.add(new ChatView(scene_->account, romeo));
    QVERIFY(closes_on_escape(frame));
    HistoryWindow history(scene_->account);
    history.show_chat(romeo);
    QVERIFY(closes_on_escape(history));
    ForwardDialog forward(scene_->account, 1);
    QVERIFY(closes_on_escape(forward));
    EmojiPanel emoji(scene_->account.settings());
    QVERIFY(closes_on_escape(emoji));
    PictureViewer viewer("/nowhere.png", "nowhere.png");
    viewer.setAttribute(Qt::WA_DeleteOnClose, false);
    QVERIFY(closes_on_escape(viewer));
  }

  // U23
  void tab_goes_around_a_chat_and_is_never_trapped() {
    ChatFrame frame(scene_->account.settings());
    auto* view = new ChatView(scene_->account, romeo);
    frame.add(view);
    frame.show();
    frame.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&frame));
    view->list().setFocus();
    QSet<QWidget*> reached;
    for (int step = 0; step < 60; ++step) {
      reached << frame.focusWidget();
      QTest::keyClick(frame.focusWidget(), Qt::Key_Tab);
    }
    QVERIFY(reached.contains(&view->list()));
    QVERIFY(reached.size() > 8);
    QCOMPARE(reached.contains(view->composer().findChild<QWidget*>("message_edit")), true);
  }

 private:
  std::unique_ptr<ChatScene> scene_;
};

QTEST_MAIN(AccessTest)
#include "access_test.moc"
