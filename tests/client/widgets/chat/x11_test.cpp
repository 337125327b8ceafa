// What only a real X server with a window manager shows. Run by tests/client/on_x11.
#include <QApplication>
#include <QScreen>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include "client/widgets/chat/chat_frame.h"
#include "client/widgets/chat/chat_view.h"
#include "client/widgets/chat/screen_capture.h"
#include "client/widgets/chat/window_shake.h"
#include "tests/client/widgets/chat/chat_scene.h"

using namespace queqiao::client;
using namespace queqiao::client::test;

class X11Test : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    QCOMPARE(QGuiApplication::platformName(), QStringLiteral("xcb"));
  }

  // U21
  void a_shaken_window_moves_and_returns_to_the_exact_place() {
    ChatScene scene;
    ChatFrame frame(scene.account.settings());
    auto* view = new ChatView(scene.account, romeo);
    frame.add(view);
    frame.move(200, 150);
    frame.show();
    QVERIFY(QTest::qWaitForWindowActive(&frame));
    const auto is_framed = [&frame] { return frame.frameGeometry().top() < frame.geometry().top(); };
    QTRY_VERIFY(is_framed());
    const QRect outer = frame.frameGeometry(), inner = frame.geometry();
    WindowShake shaker;
    QSignalSpy finished(&shaker, &WindowShake::finished);
    QCOMPARE(WindowShake::way_for(frame), ShakeWay::window);
    for (int i = 0; i < 3; ++i) {
      QVERIFY(shaker.shake(QString::number(i), frame, *view));
      QTRY_VERIFY(frame.frameGeometry() != outer);
      QTRY_COMPARE(finished.count(), i + 1);
      QTRY_COMPARE(frame.frameGeometry(), outer);
      QCOMPARE(frame.geometry(), inner);
    }
  }

  void a_chosen_area_of_the_screen_is_captured_as_it_was() {
    QWidget target(nullptr, Qt::Window | Qt::BypassWindowManagerHint);
    target.setGeometry(100, 100, 200, 200);
    target.setStyleSheet(QStringLiteral("background:#12a456"));
    target.show();
    QVERIFY(QTest::qWaitForWindowExposed(&target));
    const auto colour_on_screen = [] {
      return QGuiApplication::primaryScreen()->grabWindow(0).toImage().pixelColor(200, 200);
    };
    QTRY_COMPARE(colour_on_screen(), QColor(0x12a456));
    ScreenCapture capture;
    QSignalSpy captured(&capture, &ScreenCapture::captured);
    capture.begin();
    CaptureCover* cover = nullptr;
    for (QWidget* window : QApplication::topLevelWidgets()) {
      if (auto* one = qobject_cast<CaptureCover*>(window)) cover = one;
    }
    QVERIFY(cover && QTest::qWaitForWindowExposed(cover));
    QTest::mousePress(cover, Qt::LeftButton, {}, {150, 150});
    QMouseEvent drag(QEvent::MouseMove, QPointF(249, 229), QPointF(249, 229), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(cover, &drag);
    QTest::mouseRelease(cover, Qt::LeftButton, {}, {249, 229});
    QTest::keyClick(cover, Qt::Key_Return);
    QCOMPARE(captured.count(), 1);
    const auto picture = captured.first().first().value<QImage>();
    QCOMPARE(picture.size(), QSize(100, 80));
    QCOMPARE(picture.pixelColor(50, 40), QColor(0x12a456));
    QVERIFY(!capture.is_running());
  }

  void escape_leaves_the_capture() {
    ScreenCapture capture;
    QSignalSpy cancelled(&capture, &ScreenCapture::cancelled);
    capture.begin();
    for (QWidget* window : QApplication::topLevelWidgets()) {
      if (auto* cover = qobject_cast<CaptureCover*>(window); cover && cover->isVisible()) {
        QTest::keyClick(cover, Qt::Key_Escape);
      }
    }
    QCOMPARE(cancelled.count(), 1);
    QVERIFY(!capture.is_running());
  }

  void a_window_has_its_place_again_after_it_was_closed() {
    ChatScene scene;
    QRect place;
    {
      ChatFrame frame(scene.account.settings());
      frame.add(new ChatView(scene.account, romeo));
      frame.show();
      QVERIFY(QTest::qWaitForWindowExposed(&frame));
      frame.setGeometry(310, 120, 600, 500);
      QTRY_COMPARE(frame.size(), QSize(600, 500));
      (void)QTest::qWaitFor([&frame] { return frame.geometry().topLeft() == QPoint(310, 120); });
      place = frame.geometry();
      frame.close();
    }
    ChatFrame frame(scene.account.settings());
    frame.add(new ChatView(scene.account, romeo));
    frame.show();
    QVERIFY(QTest::qWaitForWindowExposed(&frame));
    QTRY_COMPARE(frame.geometry(), place);
  }
};

QTEST_MAIN(X11Test)
#include "x11_test.moc"
