#include "client/widgets/main/attention.h"

#include <QSignalSpy>
#include <QTest>

#include "client/core/settings.h"
#include "client/widgets/main/idle_watch.h"
#include "client/widgets/main/popup.h"
#include "client/widgets/main/tray_icon.h"
#include "client/widgets/theme.h"
#include "tests/client/fakes/fake_account.h"

using namespace queqiao::client;
using test::FakeAccount;

class AttentionTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    set_look(false, 100);
    account_ = std::make_unique<FakeAccount>();
    chats_ = std::make_unique<RecentChats>(*account_);
    looked_at_.clear();
    attention_ =
        std::make_unique<Attention>(*account_, *chats_, [this](const QString& jid) { return jid == looked_at_; });
    sounds_ = std::make_unique<QSignalSpy>(attention_.get(), &Attention::sound_wanted);
    popups_ = std::make_unique<QSignalSpy>(attention_.get(), &Attention::popup_wanted);
  }

  void cleanup() { sounds_.reset(), popups_.reset(), attention_.reset(), chats_.reset(), account_.reset(); }

  void aNewMessageSoundsPopsUpAndFlashes() {
    account_->fake_messenger.receive("a@x", "hello");
    QCOMPARE(sounds_->size(), 1);
    QCOMPARE(popups_->at(0).at(2).toString(), QStringLiteral("hello"));
    QCOMPARE(attention_->flashing_chat(), QStringLiteral("a@x"));
  }

  void aChatThatIsLookedAtIsSilent() {
    looked_at_ = "a@x";
    account_->fake_messenger.receive("a@x", "hello");
    QVERIFY(sounds_->isEmpty() && popups_->isEmpty());
  }

  void aMutedChatDoesNothing() {
    account_->history().set_muted("a@x", true);
    account_->fake_messenger.receive("a@x", "hello");
    QVERIFY(sounds_->isEmpty() && popups_->isEmpty());
    QVERIFY(attention_->flashing_chat().isEmpty());
  }

  void doNotDisturbLeavesOnlyTheFlashing() {
    account_->set_status(Status::busy);
    account_->fake_messenger.receive("a@x", "hello");
    emit account_->messenger().shaken("a@x");
    QVERIFY(sounds_->isEmpty() && popups_->isEmpty());
    QCOMPARE(attention_->flashing_chat(), QStringLiteral("a@x"));
  }

  void theTextIsHiddenByTheSetting() {
    account_->settings().set_value(setting::popup_shows_text, false);
    account_->fake_messenger.receive("a@x", "secret");
    QVERIFY(!popups_->at(0).at(2).toString().contains("secret"));
  }

  void soundsAndPopupsHaveTheirSettings() {
    account_->settings().set_value(setting::sounds, false);
    account_->fake_messenger.receive("a@x", "one");
    QCOMPARE(sounds_->size(), 0);
    QCOMPARE(popups_->size(), 1);
    account_->settings().set_value(setting::popups, false);
    account_->fake_messenger.receive("a@x", "two");
    QCOMPARE(popups_->size(), 1);
  }

  void whatWasReadElsewhereIsDone() {
    QSignalSpy done(attention_.get(), &Attention::popup_done);
    account_->fake_messenger.receive("a@x", "hello");
    emit account_->messenger().read_elsewhere("a@x");
    QVERIFY(!done.isEmpty());
  }

  void anOldMessageMakesNoNoise() {
    Message message;
    message.chat = message.sender = "a@x";
    message.time = QDateTime::currentDateTime().addDays(-1);
    emit account_->messenger().received(message);
    QVERIFY(sounds_->isEmpty() && popups_->isEmpty());
  }

  void theTrayFlashesUntilAllIsRead() {
    TrayIcon tray(*account_, *attention_);
    QVERIFY(!tray.is_flashing());
    account_->fake_messenger.receive("a@x", "hello");
    QVERIFY(tray.is_flashing());
    QVERIFY(tray.tool_tip().contains("Unread: 1"));
    account_->messenger().mark_read("a@x");
    QVERIFY(!tray.is_flashing());
  }

  void theTraysMenuMutes() {
    TrayIcon tray(*account_, *attention_);
    for (auto* action : tray.menu().actions()) {
      if (action->isCheckable()) action->trigger();
    }
    account_->fake_messenger.receive("a@x", "hello");
    QVERIFY(sounds_->isEmpty() && popups_->isEmpty());
  }

  void aPopupMarksAsRead() {
    PopupStack stack(*account_);
    stack.show("a@x", "A", "hello");
    auto* popup = popup_of("a@x");
    QVERIFY(popup);
    emit popup->read_wanted("a@x");
    QCOMPARE(account_->fake_messenger.read_chats, QStringList{"a@x"});
  }

  void aClickOnAPopupOpensTheChat() {
    PopupStack stack(*account_);
    QSignalSpy wanted(&stack, &PopupStack::chat_wanted);
    stack.show("a@x", "A", "hello");
    QTest::mouseClick(popup_of("a@x"), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
  }

  void manyPopupsDoNotFillTheScreen() {
    PopupStack stack(*account_);
    for (int i = 0; i < 10; ++i) stack.show(QString::number(i) + "@x", "A", "hello");
    int shown = 0;
    for (const auto* widget : QApplication::topLevelWidgets())
      shown += qobject_cast<const Popup*>(widget) && widget->isVisible();
    QCOMPARE(shown, 3);
  }

  void nobodyAtTheComputerIsAwayAfterTheSettingsMinutes() {
    IdleWatch idle(*account_);
    idle.take_idle_time(4 * 60 * 1000);
    QVERIFY(!account_->is_idle);
    idle.take_idle_time(5 * 60 * 1000);
    QVERIFY(account_->is_idle);
    idle.take_idle_time(0);
    QVERIFY(!account_->is_idle);
  }

  void aLockedScreenIsAwayAtOnce() {
    IdleWatch idle(*account_);
    idle.take_lock(true);
    QVERIFY(account_->is_idle);
    idle.take_lock(false);
    QVERIFY(!account_->is_idle);
  }

  void zeroMinutesIsNever() {
    account_->settings().set_value(setting::auto_away_minutes, 0);
    IdleWatch idle(*account_);
    idle.take_idle_time(24LL * 60 * 60 * 1000);
    QVERIFY(!account_->is_idle);
  }

 private:
  static Popup* popup_of(const QString& jid) {
    for (auto* widget : QApplication::topLevelWidgets()) {
      auto* popup = qobject_cast<Popup*>(widget);
      if (popup && popup->isVisible() && popup->jid() == jid) return popup;
    }
    return nullptr;
  }

  std::unique_ptr<FakeAccount> account_;
  std::unique_ptr<RecentChats> chats_;
  std::unique_ptr<Attention> attention_;
  std::unique_ptr<QSignalSpy> sounds_, popups_;
  QString looked_at_;
};

QTEST_MAIN(AttentionTest)
#include "attention_test.moc"
