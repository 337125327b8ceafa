#include <QApplication>
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
#include "tests/client/screenshots/pictures.h"
#include "tests/client/widgets/chat/chat_scene.h"

namespace queqiao::client::test {
namespace {

Message file_message(const ChatScene& scene, bool is_own, const QString& name, qint64 size, int minutes_ago) {
  Message message = is_own ? scene.own(romeo, {}, minutes_ago) : scene.from(romeo, {}, minutes_ago);
  message.kind = MessageKind::file;
  message.file = FileInfo{};
  message.file->name = name;
  message.file->size = size;
  return message;
}

void say_yesterday(ChatScene& scene) {
  FakeHistory& history = scene.account.fake_history;
  history.add(scene.from(romeo, QStringLiteral("昨天的会议记录你看了吗？"), 1600), true);
  history.add(
      scene.own(romeo,
                QStringLiteral("Yes, I have. The notes are at https://example.org/notes?day=2 (look at page 3)."),
                1590),
      true);
}

void say_pictures_and_files(ChatScene& scene) {
  FakeHistory& history = scene.account.fake_history;
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
}

void say_lines_and_failures(ChatScene& scene) {
  FakeHistory& history = scene.account.fake_history;
  Message recalled = scene.own(romeo, QStringLiteral("oops"), 30);
  recalled.kind = MessageKind::recalled;
  history.add(recalled, true);
  Message notice = scene.from(romeo, QStringLiteral("罗密欧 shook the window"), 29);
  notice.kind = MessageKind::notice;
  history.add(notice, true);
  Message game = scene.from(romeo, QStringLiteral("五子棋：来一盘？"), 20);
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
}

void say_much(ChatScene& scene) {
  say_yesterday(scene);
  say_pictures_and_files(scene);
  say_lines_and_failures(scene);
  scene.account.fake_history.fill(nurse, 30);
  scene.account.fake_history.set_unread(nurse, 4);
}

QString picture_path() {
  return QDir::tempPath() + QStringLiteral("/verona.png");
}

void paint_chat(const Album& album, ChatFrame& frame, ChatView& view) {
  album.save(frame, QStringLiteral("chat"));
  view.list().verticalScrollBar()->setValue(0);
  view.list().set_searched(QStringLiteral("会议"));
  album.save(frame, QStringLiteral("chat_top"));
  view.list().set_searched({});
  view.composer().add_picture(QImage(picture_path()));
  emit view.list().quote_wanted(2);
  view.composer().insert_text(QStringLiteral("看这个 😀"));
  view.search_bar().open();
  album.save(frame, QStringLiteral("chat_input"));
  view.cancel_innermost();
  view.list().set_choosing(true, 4);
  album.save(frame, QStringLiteral("chat_choosing"));
  view.list().set_choosing(false);
  view.findChild<DropOverlay*>()->cover(ChatView::tr("Drop to send to %1").arg(view.name()));
  album.save(frame, QStringLiteral("chat_drop"));
  view.findChild<DropOverlay*>()->hide();
}

void paint_menus(const Album& album, ChatScene& scene, const ChatFrame& frame, ChatView& view) {
  QMenu menu;
  view.findChild<MessageActions*>()->fill_menu(menu, 4);
  menu.popup({0, 0});
  album.save(menu, QStringLiteral("chat_menu"));
  menu.close();
  EmojiPanel panel(scene.account.settings());
  EmojiPanel::remember(scene.account.settings(), QStringLiteral("😀"));
  panel.show_at(frame);
  album.save(panel, QStringLiteral("emoji"));
  panel.close();
}

void paint_other_windows(const Album& album, ChatScene& scene) {
  HistoryWindow history(scene.account);
  history.show_chat(romeo);
  history.show();
  album.save(history, QStringLiteral("history"));
  ForwardDialog forward(scene.account, 2);
  forward.show();
  album.save(forward, QStringLiteral("forward"));
  auto* viewer = new PictureViewer(picture_path(), QStringLiteral("verona.png"));
  viewer->show();
  album.save(*viewer, QStringLiteral("viewer"));
  viewer->close();
}

void paint_capture(const Album& album, ChatFrame& frame) {
  CaptureCover cover(frame.grab());
  cover.resize(frame.size());
  cover.show();
  QTest::mousePress(&cover, Qt::LeftButton, {}, {100, 200});
  QMouseEvent drag(QEvent::MouseMove, QPointF(400, 420), cover.mapToGlobal(QPointF(400, 420)), Qt::NoButton,
                   Qt::LeftButton, {});
  QCoreApplication::sendEvent(&cover, &drag);
  album.save(cover, QStringLiteral("capture"));
}

void paint_empty_chat(const Album& album, ChatScene& scene) {
  ChatView empty(scene.account, QStringLiteral("paris@example.org"));
  scene.account.set_state(ConnectionState::waiting);
  empty.resize(640, 560);
  empty.show();
  album.save(empty, QStringLiteral("chat_empty"));
}

}  // namespace

void paint_chat_windows(const Album& album) {
  ChatScene scene(false);
  say_much(scene);
  ChatFrame frame(scene.account.settings());
  auto* view = new ChatView(scene.account, romeo);
  view->list().set_invitations([](const Message& message) { return message.kind == MessageKind::game; });
  frame.add(view);
  frame.add(new ChatView(scene.account, nurse));
  frame.resize(std::min(scaled(760), 1100), 900);
  frame.show();
  frame.activateWindow();
  frame.show_view(view);
  paint_chat(album, frame, *view);
  paint_menus(album, scene, frame, *view);
  paint_capture(album, frame);
  paint_other_windows(album, scene);
  paint_empty_chat(album, scene);
}

}  // namespace queqiao::client::test
