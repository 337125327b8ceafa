// usage: queqiao-chat-pictures FOLDER: paints the chat windows in both themes and languages.
#include <QApplication>
#include <QElapsedTimer>
#include <QMenu>
#include <QScrollBar>
#include <QTest>

#include "client/widgets/chat/chat_frame.h"
#include "client/widgets/chat/chat_search_bar.h"
#include "client/widgets/chat/chat_view.h"
#include "client/widgets/chat/composer.h"
#include "client/widgets/chat/drop_overlay.h"
#include "client/widgets/chat/emoji_panel.h"
#include "client/widgets/chat/forward_dialog.h"
#include "client/widgets/chat/history_window.h"
#include "client/widgets/chat/message_actions.h"
#include "client/widgets/chat/message_list.h"
#include "client/widgets/chat/picture_viewer.h"
#include "client/widgets/chat/screen_capture.h"
#include "client/widgets/language.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

Message file_message(const ChatScene& scene, bool is_own, const QString& name, qint64 size, int minutes_ago) {
  Message message = is_own ? scene.own(romeo, {}, minutes_ago) : scene.from(romeo, {}, minutes_ago);
  message.kind = MessageKind::file;
  message.file = FileInfo{};
  message.file->name = name;
  message.file->size = size;
  return message;
}

void say_much(ChatScene& scene) {
  FakeHistory& history = scene.account.fake_history;
  history.add(scene.from(romeo, QStringLiteral("昨天的会议记录你看了吗？"), 1600), true);
  history.add(
      scene.own(romeo,
                QStringLiteral("Yes, I have. The notes are at https://example.org/notes?day=2 (look at page 3)."),
                1590),
      true);
  Message picture = file_message(scene, false, QStringLiteral("verona.png"), 182'000, 55);
  picture.file->local_path = make_picture(QDir::tempPath() + QStringLiteral("/verona.png"), {800, 520});
  picture.file->picture_size = {800, 520};
  history.add(picture, true);
  Message quoted =
      scene.own(romeo, QStringLiteral("风景真好！周末一起去爬山怎么样？我可以开车来接你，路上大概一个小时。"), 52);
  quoted.quote = Quote{QStringLiteral("wire-2"), romeo, QStringLiteral("昨天的会议记录你看了吗？")};
  quoted.reactions = {{QStringLiteral("👍"), {romeo}}, {QStringLiteral("❤️"), {romeo, scene.account.jid()}}};
  history.add(quoted, true);
  history.add(scene.from(romeo, QStringLiteral("😂👍"), 50), true);
  Message upload = file_message(scene, true, QStringLiteral("Quarterly report final version 7.pdf"), 12'400'000, 40);
  upload.delivery = Delivery::sending;
  const qint64 id = history.add(upload, true);
  Transfer transfer{id, true, TransferState::running, 4'100'000, 12'400'000, 820'000, {}};
  scene.account.fake_transfers.set(transfer);
  history.add(file_message(scene, false, QStringLiteral("photos.zip"), 48'000'000, 38), true);
  Message recalled = scene.own(romeo, QStringLiteral("oops"), 30);
  recalled.kind = MessageKind::recalled;
  history.add(recalled, true);
  Message notice = scene.from(romeo, QStringLiteral("罗密欧 shook the window"), 29);
  notice.kind = MessageKind::notice;
  history.add(notice, true);
  Message game = scene.from(romeo, QStringLiteral("Gomoku: your move, I put a stone at H8."), 20);
  game.kind = MessageKind::game;
  history.add(game, true);
  history.add(scene.own(romeo, QStringLiteral("/me 去倒杯水"), 15, Delivery::delivered), true);
  Message failed = scene.own(romeo, QStringLiteral("Are you still there?"), 5, Delivery::failed);
  failed.failure = QStringLiteral("no connection.");
  history.add(failed, true);
  history.add(scene.from(romeo,
                         QStringLiteral("Back again. A rather long line of English text to see how wrapping behaves "
                                        "inside a bubble that other people wrote, with nothing special in it."),
                         3),
              true);
  history.add(scene.from(romeo, QStringLiteral("在吗？"), 1), true);
  history.set_unread(romeo, 2);
  history.fill(nurse, 30);
  history.set_unread(nurse, 4);
}

void settle() {
  for (int i = 0; i < 20; ++i) {
    QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    QTest::qWait(10);
  }
}

void save(QWidget& window, const QString& folder, const QString& name) {
  settle();
  window.grab().save(QStringLiteral("%1/%2.png").arg(folder, name));
}

void paint_all(const QString& folder, const QString& suffix) {
  ChatScene scene;
  set_look(suffix.contains(QLatin1String("dark")), suffix.contains(QLatin1String("large")) ? 200 : 100);
  say_much(scene);
  ChatFrame frame(scene.account.settings());
  auto* view = new ChatView(scene.account, romeo);
  auto* other = new ChatView(scene.account, nurse);
  frame.add(view);
  frame.add(other);
  frame.resize(suffix.contains(QLatin1String("large")) ? 620 : 760, 900);
  frame.show();
  frame.activateWindow();
  frame.show_view(view);
  save(frame, folder, QStringLiteral("chat_") + suffix);
  view->list().verticalScrollBar()->setValue(0);
  QMetaObject::invokeMethod(view, [view] { view->list().set_searched(QStringLiteral("会议")); });
  save(frame, folder, QStringLiteral("chat_top_") + suffix);
  view->list().set_searched({});
  view->composer().add_picture(QImage(QDir::tempPath() + QStringLiteral("/verona.png")));
  emit view->list().quote_wanted(2);
  view->composer().insert_text(QStringLiteral("看这个 😀"));
  view->search_bar().open();
  save(frame, folder, QStringLiteral("chat_input_") + suffix);
  view->cancel_innermost();
  view->list().set_choosing(true, 4);
  save(frame, folder, QStringLiteral("chat_choosing_") + suffix);
  view->list().set_choosing(false);
  QMenu menu;
  view->findChild<MessageActions*>()->fill_menu(menu, 4);
  menu.popup({0, 0});
  save(menu, folder, QStringLiteral("menu_") + suffix);
  menu.close();
  view->findChild<DropOverlay*>()->cover(ChatView::tr("Drop to send to %1").arg(view->name()));
  save(frame, folder, QStringLiteral("drop_") + suffix);
  view->findChild<DropOverlay*>()->hide();
  EmojiPanel panel(scene.account.settings());
  EmojiPanel::remember(scene.account.settings(), QStringLiteral("😀"));
  panel.show_at(frame);
  save(panel, folder, QStringLiteral("emoji_") + suffix);
  panel.close();
  HistoryWindow history(scene.account);
  history.show_chat(romeo);
  history.show();
  save(history, folder, QStringLiteral("history_") + suffix);
  ForwardDialog forward(scene.account, 2);
  forward.show();
  save(forward, folder, QStringLiteral("forward_") + suffix);
  auto* viewer = new PictureViewer(QDir::tempPath() + QStringLiteral("/verona.png"), QStringLiteral("verona.png"));
  viewer->show();
  save(*viewer, folder, QStringLiteral("viewer_") + suffix);
  viewer->close();
  CaptureCover cover(frame.grab());
  cover.resize(frame.size());
  cover.show();
  QTest::mousePress(&cover, Qt::LeftButton, {}, {100, 200});
  QTest::mouseMove(&cover, {400, 400});
  QMouseEvent drag(QEvent::MouseMove, QPointF(400, 420), cover.mapToGlobal(QPointF(400, 420)), Qt::NoButton,
                   Qt::LeftButton, {});
  QCoreApplication::sendEvent(&cover, &drag);
  save(cover, folder, QStringLiteral("capture_") + suffix);
  ChatView empty(scene.account, QStringLiteral("paris@example.org"));
  scene.account.set_state(ConnectionState::waiting);
  empty.resize(640, 560);
  empty.show();
  save(empty, folder, QStringLiteral("empty_") + suffix);
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  const QString folder = application.arguments().value(1, QStringLiteral("."));
  QDir().mkpath(folder);
  set_language(QStringLiteral("en"));
  paint_all(folder, QStringLiteral("en_light"));
  set_language(QStringLiteral("zh_CN"));
  paint_all(folder, QStringLiteral("zh_dark"));
  paint_all(folder, QStringLiteral("zh_large_light"));
  set_language(QStringLiteral("en"));
  paint_all(folder, QStringLiteral("en_large_dark"));
  return 0;
}
