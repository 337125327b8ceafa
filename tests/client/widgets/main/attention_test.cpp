#include "client/widgets/main/attention.h"

#include <QPushButton>
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
    attention_ = std::make_unique<Attention>(
        *account_, *chats_, [this](const QString& jid) { return jid == looked_at_; },
        [](const Message& message) { return message.text.startsWith("game:") ? message.text : QString(); });
    sounds_ = std::make_unique<QSignalSpy>(attention_.get(), &Attention::sound_wanted);
    popups_ = std::make_unique<QSignalSpy>(attention_.get(), &Attention::popup_wanted);
  }

  void cleanup() { sounds_.reset(), popups_.reset(), attention_.reset(), chats_.reset(), account_.reset(); }

  void aNewMessageSoundsPopsUpAndFlashes() {
    account_->fake_messenger.receive("a@x", "hello");
    QCOMPARE(sounds_->size(), 1);
    QCOMPARE(notice(0).text, QStringLiteral("hello"));
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
    QVERIFY(!notice(0).text.contains("secret"));
  }

  void soIsWhatAnInvitationSays() {
    account_->fake_messenger.receive("a@x", "game: chess");
    QCOMPARE(notice(0).text, QStringLiteral("game: chess"));
    account_->settings().set_value(setting::popup_shows_text, false);
    account_->fake_messenger.receive("a@x", "game: chess");
    QCOMPARE(notice(1).about, Notice::About::game_invitation);
    QCOMPARE(notice(1).text, QStringLiteral("invites you to a game"));
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
    stack.show({Notice::About::message, "a@x", "A", "hello"});
    auto* popup = popup_of("a@x");
    QVERIFY(popup);
    emit popup->read_wanted();
    QCOMPARE(account_->fake_messenger.read_chats, QStringList{"a@x"});
  }

  void aClickOnAPopupOpensTheChat() {
    PopupStack stack(*account_);
    QSignalSpy wanted(&stack, &PopupStack::chat_wanted);
    stack.show({Notice::About::message, "a@x", "A", "hello"});
    QTest::mouseClick(popup_of("a@x"), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
  }

  void manyPopupsDoNotFillTheScreen() {
    PopupStack stack(*account_);
    for (int i = 0; i < 10; ++i) stack.show({Notice::About::message, QString::number(i) + "@x", "A", "hello"});
    int shown = 0;
    for (const auto* widget : QApplication::topLevelWidgets())
      shown += qobject_cast<const Popup*>(widget) && widget->isVisible();
    QCOMPARE(shown, 3);
  }

  void anInvitationToAGameIsANoticeOfItsOwn() {
    Attention attention(
        *account_, *chats_, [](const QString&) { return false; },
        [](const Message& message) { return message.text == "play" ? QStringLiteral("A game?") : QString(); });
    QSignalSpy notices(&attention, &Attention::popup_wanted);
    account_->fake_messenger.receive("a@x", "hello");
    const auto invitation = account_->fake_messenger.receive("a@x", "play");
    QVERIFY(notices.at(0).at(0).value<Notice>().about == Notice::About::message);
    const auto notice = notices.at(1).at(0).value<Notice>();
    QVERIFY(notice.about == Notice::About::game_invitation);
    QCOMPARE(notice.text, QStringLiteral("A game?"));
    QCOMPARE(notice.message, invitation);
  }

  void thePopupOfAnInvitationAcceptsAndDeclines() {
    for (const bool accepts : {true, false}) {
      PopupStack stack(*account_);
      QSignalSpy answered(&stack, &PopupStack::invitation_answered);
      stack.show({Notice::About::game_invitation, "a@x", "A", "A game?", 7});
      const QString label = accepts ? QStringLiteral("Play") : QStringLiteral("Not now");
      for (auto* button : popup_of("a@x")->findChildren<QPushButton*>()) {
        if (button->text() == label) QTest::mouseClick(button, Qt::LeftButton);
      }
      QCOMPARE(answered.size(), 1);
      QCOMPARE(answered.at(0), QVariantList({"a@x", 7LL, accepts}));
      QVERIFY(!popup_of("a@x"));
    }
  }

  void onlyAnInvitationHasAnswers() {
    PopupStack stack(*account_);
    stack.show({Notice::About::message, "a@x", "A", "hello"});
    for (const auto* button : popup_of("a@x")->findChildren<QPushButton*>()) QVERIFY(!button->isVisible());
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
  Notice notice(int number) const { return popups_->at(number).at(0).value<Notice>(); }

  static Popup* popup_of(const QString& jid) {
    for (auto* widget : QApplication::topLevelWidgets()) {
      auto* popup = qobject_cast<Popup*>(widget);
      if (popup && popup->isVisible() && popup->notice().jid == jid) return popup;
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
