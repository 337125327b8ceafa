#include "client/widgets/chat/animations.h"

#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "client/models/message_window.h"
#include "client/widgets/chat/message_list.h"
#include "client/widgets/chat/picture_viewer.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

namespace {

// Sixteen pixels, all red and then all blue; `side` is what the file says of its size.
QByteArray gif(int frames, quint16 side = 4) {
  const char size[] = {char(side & 0xff), char(side >> 8), char(side & 0xff), char(side >> 8)};
  QByteArray bytes = "GIF89a" + QByteArray(size, 4) + QByteArray::fromHex("f00000ff0000000000");
  for (int i = 0; i < frames; ++i) {
    bytes += QByteArray::fromHex("21f9040003000000");
    if (i == 0) bytes += QByteArray::fromHex("21ff0b") + "NETSCAPE2.0" + QByteArray::fromHex("0301000000");
    bytes += QByteArray::fromHex("2c0000000004000400") + QByteArray::fromHex(i % 2 == 0 ? "00" : "800000ff000000");
    bytes += QByteArray::fromHex("0204848f090500");  // LZW: sixteen times the first colour
  }
  return bytes + ';';
}

}  // namespace

class AnimationsTest : public QObject {
  Q_OBJECT

 private slots:
  void a_moving_picture_moves() {
    const QString path = write("moving.gif", gif(2));
    Animations animations;
    animations.play_only({path});
    QTRY_COMPARE(colour(animations, path), QColor(Qt::red));
    QTRY_COMPARE(colour(animations, path), QColor(Qt::blue));
    animations.play_only({});
    QVERIFY(animations.frame(path).isNull());
  }

  void what_stands_still_or_is_too_large_is_not_played() {
    Animations animations;
    animations.play_only({write("still.gif", gif(1)), write("huge.gif", gif(2, 5000)), write("none.gif", "no picture"),
                          folder_.filePath("missing.gif")});
    QCOMPARE(animations.playing(), 0);
  }

  void only_so_many_play_at_once() {
    QStringList paths;
    for (int i = 0; i < Animations::most_playing + 2; ++i) paths << write(QString::number(i) + ".gif", gif(2));
    Animations animations;
    animations.play_only(paths);
    QCOMPARE(animations.playing(), Animations::most_playing);
  }

  void a_list_plays_what_is_on_the_screen() {
    ChatScene scene;
    scene.account.fake_history.fill(romeo, 40);
    Message picture = scene.from(romeo, {});
    picture.kind = MessageKind::file;
    picture.file = FileInfo{};
    picture.file->local_path = write("moving.gif", gif(2));
    picture.file->picture_size = {4, 4};
    scene.account.fake_history.add(picture);
    People people(scene.account);
    PictureCache pictures;
    MessageWindow window(scene.account.fake_history, [](const Message&) { return QString(); });
    MessageList list(window, people, scene.account.fake_transfers, pictures);
    list.resize(480, 400);
    list.open(romeo);
    QCOMPARE(list.animations().playing(), 0);
    list.show();
    QTRY_COMPARE(list.animations().playing(), 1);
    QSignalSpy advanced(&list.animations(), &Animations::advanced);
    QTRY_VERIFY(advanced.size() >= 2);

    list.verticalScrollBar()->setValue(0);
    QCOMPARE(list.animations().playing(), 0);
    list.go_to_newest();
    QCOMPARE(list.animations().playing(), 1);
    list.showMinimized();
    QTRY_COMPARE(list.animations().playing(), 0);
    list.showNormal();
    QTRY_COMPARE(list.animations().playing(), 1);
    list.hide();
    QCOMPARE(list.animations().playing(), 0);
  }

  void the_viewer_plays_while_it_is_seen() {
    auto viewer = std::make_unique<PictureViewer>(write("moving.gif", gif(2)), "moving.gif");
    viewer->setAttribute(Qt::WA_DeleteOnClose, false);
    QVERIFY(!viewer->is_playing());
    viewer->show();
    QVERIFY(viewer->is_playing());
    viewer->hide();
    QVERIFY(!viewer->is_playing());
    PictureViewer still(write("still.gif", gif(1)), "still.gif");
    still.setAttribute(Qt::WA_DeleteOnClose, false);
    still.show();
    QVERIFY(!still.is_playing());
  }

 private:
  QString write(const QString& name, const QByteArray& bytes) {
    QFile file(folder_.filePath(name));
    if (file.open(QIODevice::WriteOnly)) file.write(bytes);
    return file.fileName();
  }

  static QColor colour(const Animations& animations, const QString& path) {
    const QPixmap frame = animations.frame(path);
    return frame.isNull() ? QColor() : frame.toImage().pixelColor(0, 0);
  }

  QTemporaryDir folder_;
};

QTEST_MAIN(AnimationsTest)
#include "animations_test.moc"
