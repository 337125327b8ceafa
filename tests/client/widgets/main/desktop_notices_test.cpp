// Runs on a message bus of its own (dbus-run-session), with a service that stands in for the desktop's.
#include "client/widgets/main/desktop_notices.h"

#include <QApplication>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QSignalSpy>
#include <QTest>

#include "client/core/settings.h"
#include "client/widgets/main/notices.h"
#include "client/widgets/theme.h"
#include "tests/client/fakes/fake_account.h"

using namespace queqiao::client;

namespace {

const QString name = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

struct Shown {
  uint id = 0, replaced = 0;
  QString title, body;
  QStringList actions;
  QVariantMap hints;
};

}  // namespace

// What the desktop's service is asked for.
class FakeService final : public QObject, protected QDBusContext {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

 public:
  QStringList capabilities{"body", "actions", "body-markup", "inline-reply"};
  QList<Shown> shown;
  QList<uint> closed;
  bool answers = true;
  QList<QDBusMessage> unanswered;

 public slots:
  QStringList GetCapabilities() { return capabilities; }
  uint Notify(const QString& program, uint replaced, const QString& icon, const QString& title, const QString& body,
              const QStringList& actions, const QVariantMap& hints, int) {
    if (program.isEmpty() || icon.isEmpty()) return 0;
    shown << Shown{replaced ? replaced : ++last_id_, replaced, title, body, actions, hints};
    if (!answers) {
      setDelayedReply(true);
      unanswered << message();
    }
    return shown.back().id;
  }
  void CloseNotification(uint id) { closed << id; }

 signals:
  void ActionInvoked(uint id, const QString& action);
  void NotificationReplied(uint id, const QString& text);
  void NotificationClosed(uint id, uint reason);

 private:
  uint last_id_ = 0;
};

class DesktopNoticesTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    set_look(false, 100);
    account_ = std::make_unique<test::FakeAccount>();
    account_->settings().set_value(setting::desktop_notices, true);
    service_ = std::make_unique<FakeService>();
  }

  void cleanup() {
    notices_.reset();
    stop_service();
    service_.reset();
    account_.reset();
  }

  void without_a_service_there_are_popups() {
    start_notices(false);
    notices_->show(message("a@x", "hello"));
    QVERIFY(popup_of("a@x"));
  }

  void with_a_service_the_desktop_shows_them() {
    start_notices(true);
    notices_->show(message("a@x", "1 < 2 & <b>so</b>"));
    QTRY_COMPARE(service_->shown.size(), 1);
    const Shown& shown = service_->shown[0];
    QCOMPARE(shown.title, QStringLiteral("A"));
    QCOMPARE(shown.body, QStringLiteral("1 &lt; 2 &amp; &lt;b&gt;so&lt;/b&gt;"));
    QVERIFY(shown.actions.contains("inline-reply") && shown.actions.contains("mark-read"));
    QVERIFY(shown.hints.contains("image-data"));
    QVERIFY(!popup_of("a@x"));
  }

  void the_setting_takes_our_own_popups() {
    start_notices(true);
    account_->settings().set_value(setting::desktop_notices, false);
    notices_->show(message("a@x", "hello"));
    QVERIFY(popup_of("a@x"));
    QVERIFY(service_->shown.isEmpty());
  }

  void a_service_that_goes_leaves_popups() {
    start_notices(true);
    stop_service();
    QTRY_VERIFY(!notices_->desktop().is_available());
    notices_->show(message("a@x", "hello"));
    QVERIFY(popup_of("a@x"));
  }

  void a_service_that_dies_while_it_is_asked_leaves_the_popup_of_the_message() {
    service_->answers = false;
    start_notices(true);
    notices_->show(message("a@x", "hello"));
    QTRY_COMPARE(service_->unanswered.size(), 1);
    QSignalSpy refused(&notices_->desktop(), &DesktopNotices::refused);
    lose_service();
    QTRY_VERIFY(popup_of("a@x"));
    QCOMPARE(popup_of("a@x")->notice().text, QStringLiteral("hello"));
    QVERIFY(!popup_of(""));
    QCOMPARE(refused.size(), 1);
  }

  void what_was_read_when_the_service_dies_leaves_none() {
    service_->answers = false;
    start_notices(true);
    notices_->show(message("a@x", "hello"));
    notices_->take_down("a@x");
    QTRY_COMPARE(service_->unanswered.size(), 1);
    QSignalSpy refused(&notices_->desktop(), &DesktopNotices::refused);
    lose_service();
    QVERIFY(refused.isEmpty());
  }

  // What the bus is told to start when somebody calls the service leaves a file behind.
  void a_service_that_ends_is_not_started_again() {
    start_notices(true);
    QFile::remove(QStringLiteral(QUEQIAO_STARTED_FILE));
    stop_service();
    QTRY_VERIFY(!notices_->desktop().is_available());
    QVERIFY(!QFile::exists(QStringLiteral(QUEQIAO_STARTED_FILE)));
  }

  void a_service_that_appears_is_used() {
    start_notices(false);
    start_service();
    QTRY_VERIFY(notices_->desktop().is_available());
  }

  void a_reply_that_cannot_be_stored_goes_back_to_the_user() {
    start_notices(true);
    account_->fake_messenger.stores_nothing = true;
    QSignalSpy kept(notices_.get(), &NoticeBoard::reply_not_sent);
    notices_->show(message("a@x", "hello"));
    QTRY_COMPARE(service_->shown.size(), 1);
    settle();
    emit service_->NotificationReplied(service_->shown[0].id, "on my way");
    QTRY_COMPARE(kept.size(), 1);
    QCOMPARE(kept[0], QVariantList({"a@x", "on my way"}));
    QVERIFY(account_->fake_messenger.read_chats.isEmpty());
  }

  void the_reply_counts_after_an_action_that_is_not_ours() {
    start_notices(true);
    notices_->show(message("a@x", "hello"));
    QTRY_COMPARE(service_->shown.size(), 1);
    settle();
    emit service_->ActionInvoked(service_->shown[0].id, "inline-reply");
    emit service_->NotificationReplied(service_->shown[0].id, "on my way");
    QTRY_COMPARE(account_->fake_messenger.sent_texts, QStringList{"on my way"});
  }

  void a_reply_is_sent_and_the_chat_is_read() {
    start_notices(true);
    notices_->show(message("a@x", "hello"));
    QTRY_COMPARE(service_->shown.size(), 1);
    settle();
    emit service_->NotificationReplied(service_->shown[0].id, " on my way ");
    QTRY_COMPARE(account_->fake_messenger.sent_texts, QStringList{"on my way"});
    QCOMPARE(account_->fake_messenger.read_chats, QStringList{"a@x"});
  }

  void no_reply_is_offered_where_the_service_has_none() {
    service_->capabilities = {"body", "actions"};
    start_notices(true);
    notices_->show(message("a@x", "1 < 2"));
    QTRY_COMPARE(service_->shown.size(), 1);
    QVERIFY(!service_->shown[0].actions.contains("inline-reply"));
    QCOMPARE(service_->shown[0].body, QStringLiteral("1 < 2"));
  }

  void a_click_opens_the_chat_and_mark_read_reads_it() {
    start_notices(true);
    QSignalSpy wanted(notices_.get(), &NoticeBoard::chat_wanted);
    notices_->show(message("a@x", "hello"));
    notices_->show(message("b@x", "hello"));
    QTRY_COMPARE(service_->shown.size(), 2);
    settle();
    emit service_->ActionInvoked(service_->shown[0].id, "default");
    emit service_->ActionInvoked(service_->shown[1].id, "mark-read");
    QTRY_COMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toString(), QStringLiteral("a@x"));
    QTRY_COMPARE(account_->fake_messenger.read_chats, QStringList{"b@x"});
  }

  void an_invitation_is_answered() {
    start_notices(true);
    QSignalSpy answered(notices_.get(), &NoticeBoard::invitation_answered);
    notices_->show({Notice::About::game_invitation, "a@x", "A", "A game?", 7});
    QTRY_COMPARE(service_->shown.size(), 1);
    settle();
    emit service_->ActionInvoked(service_->shown[0].id, "accept");
    QTRY_COMPARE(answered.size(), 1);
    QCOMPARE(answered[0], QVariantList({"a@x", 7LL, true}));
  }

  void notices_of_other_programs_are_left_alone() {
    start_notices(true);
    QSignalSpy wanted(notices_.get(), &NoticeBoard::chat_wanted);
    notices_->show(message("a@x", "hello"));
    QTRY_COMPARE(service_->shown.size(), 1);
    settle();
    emit service_->ActionInvoked(service_->shown[0].id + 1, "default");
    emit service_->NotificationReplied(service_->shown[0].id + 1, "not for us");
    settle();
    QVERIFY(wanted.isEmpty() && account_->fake_messenger.sent_texts.isEmpty());
  }

  void a_chat_has_one_notice_which_goes_when_it_is_read() {
    start_notices(true);
    notices_->show(message("a@x", "one"));
    notices_->show(message("a@x", "two"));  // before the service has given the first its number
    QTRY_COMPARE(service_->shown.size(), 2);
    QCOMPARE(service_->shown[1].replaced, service_->shown[0].id);
    QCOMPARE(service_->shown[1].body, QStringLiteral("two"));
    settle();
    notices_->take_down("a@x");
    QTRY_COMPARE(service_->closed, QList<uint>{service_->shown[0].id});
  }

  void who_logs_out_leaves_no_notice() {
    start_notices(true);
    notices_->show(message("a@x", "one"));
    QTRY_COMPARE(service_->shown.size(), 1);
    settle();
    notices_.reset();
    QTRY_COMPARE(service_->closed, QList<uint>{service_->shown[0].id});
  }

  void what_is_read_before_the_service_has_answered_goes_as_well() {
    start_notices(true);
    notices_->show(message("a@x", "one"));
    notices_->take_down("a@x");
    QTRY_COMPARE(service_->closed.size(), 1);
  }

 private:
  static Notice message(const QString& jid, const QString& text) { return {Notice::About::message, jid, "A", text}; }

  void start_notices(bool has_service) {
    if (has_service) start_service();
    notices_ = std::make_unique<Notices>(*account_, QDBusConnection::sessionBus());
    QSignalSpy known(&notices_->desktop(), &DesktopNotices::availability_changed);
    QTRY_VERIFY(!known.isEmpty());
    QCOMPARE(notices_->desktop().is_available(), has_service);
  }

  void start_service() {
    QVERIFY2(bus_.isConnected(), "run by dbus-run-session");
    QVERIFY(
        bus_.registerObject(path, service_.get(), QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(bus_.registerService(name));
  }

  // As the bus tells it when the service's program has crashed: the name is gone, then the calls fail.
  void lose_service() {
    stop_service();
    for (const QDBusMessage& call : service_->unanswered) {
      bus_.send(call.createErrorReply(QDBusError::NoReply, "gone"));
    }
    QTRY_VERIFY(!notices_->desktop().is_available());
    round_trip();
  }

  void stop_service() {
    bus_.unregisterService(name);
    bus_.unregisterObject(path);
  }

  // A call to the bus and back: what was sent before has arrived.
  void settle() { wait_for(QDBusMessage::createMethodCall(name, path, name, "GetCapabilities")); }
  void round_trip() {
    const QString bus = QStringLiteral("org.freedesktop.DBus");
    wait_for(QDBusMessage::createMethodCall(bus, QStringLiteral("/org/freedesktop/DBus"), bus, "GetId"));
  }

  void wait_for(const QDBusMessage& call) {
    const auto answer = QDBusConnection::sessionBus().asyncCall(call);
    QTRY_VERIFY(answer.isFinished());
  }

  static Popup* popup_of(const QString& jid) {
    for (auto* widget : QApplication::topLevelWidgets()) {
      auto* popup = qobject_cast<Popup*>(widget);
      if (popup && popup->isVisible() && popup->notice().jid == jid) return popup;
    }
    return nullptr;
  }

  QDBusConnection bus_ = QDBusConnection::connectToBus(QDBusConnection::SessionBus, "desktop");
  std::unique_ptr<test::FakeAccount> account_;
  std::unique_ptr<FakeService> service_;
  std::unique_ptr<Notices> notices_;
};

QTEST_MAIN(DesktopNoticesTest)
#include "desktop_notices_test.moc"
