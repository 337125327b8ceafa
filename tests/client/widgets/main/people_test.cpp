// Finding, adding and looking at people; one's own profile, password and account.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "client/core/roster.h"
#include "client/core/settings.h"
#include "client/widgets/language.h"
#include "client/widgets/main/account_dialogs.h"
#include "client/widgets/main/add_friend_dialog.h"
#include "client/widgets/main/avatar_crop.h"
#include "client/widgets/main/avatar_picker.h"
#include "client/widgets/main/find_people_window.h"
#include "client/widgets/main/own_profile_window.h"
#include "client/widgets/main/profile_card.h"
#include "client/widgets/main/settings_window.h"
#include "client/widgets/theme.h"
#include "tests/client/widgets/main/sample_people.h"

using namespace queqiao::client;

namespace {

QPushButton* button(QWidget& window, const QString& text) {
  for (auto* one : window.findChildren<QPushButton*>()) {
    if (one->text() == text) return one;
  }
  return nullptr;
}

bool shows(const QWidget& window, const QString& text) {
  for (const auto* label : window.findChildren<QLabel*>()) {
    if (label->isVisibleTo(&window) && label->text().contains(text)) return true;
  }
  return false;
}

}  // namespace

class PeopleTest : public QObject {
  Q_OBJECT

 private slots:
  void init() {
    set_look(false, 100);
    set_language("en");
    account_ = test::account_with_people();
  }

  void digitsAreSearchedAsANumberAndWordsAsANickname() {
    FindPeopleWindow window(*account_);
    auto* words = window.findChild<QLineEdit*>();
    words->setText("10412");
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(account_->fake_people_search.last_query.number, QStringLiteral("10412"));
    words->setText("Dan");
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(account_->fake_people_search.last_query.nickname, QStringLiteral("Dan"));
    QVERIFY(account_->fake_people_search.last_query.number.isEmpty());
  }

  void aFailedSearchSaysWhyAndOffersToTryAgain() {
    account_->fake_people_search.failure = "The server has no directory.";
    FindPeopleWindow window(*account_);
    window.show();
    button(window, "Search")->click();
    QVERIFY(shows(window, "The server has no directory."));
    account_->fake_people_search.failure.clear();
    button(window, "Try again")->click();
    QVERIFY(window.findChild<QListView*>("people_found")->isVisible());
  }

  void whoIsAFriendAlreadyIsWrittenToInsteadOfAdded() {
    account_->fake_people_search.people = {{"emma@example.org", "Emma", {}, {}, Gender::unknown, 0, true}};
    FindPeopleWindow window(*account_);
    button(window, "Search")->click();
    QSignalSpy wanted(&window, &FindPeopleWindow::chat_wanted);
    button(window, "Send message")->click();
    QCOMPARE(wanted.size(), 1);
  }

  void addingSendsRemarkAndGroup() {
    auto* dialog = new AddFriendDialog(*account_, "10412@example.org", "Daniel", nullptr);
    dialog->show();
    for (auto* line : dialog->findChildren<QLineEdit*>()) {
      if (line->placeholderText() == "Daniel") line->setText("Dan from work");
    }
    dialog->findChild<QComboBox*>()->setCurrentText(QStringLiteral("同事"));
    button(*dialog, "Send request")->click();
    const Contact* contact = account_->roster().find("10412@example.org");
    QVERIFY(contact);
    QCOMPARE(contact->remark, QStringLiteral("Dan from work"));
    QCOMPARE(contact->groups, QStringList{QStringLiteral("同事")});
  }

  void acceptingMakesAFriendAndEndsTheRequest() {
    auto* dialog = new AddFriendDialog(*account_, account_->roster().requests()[0], nullptr);
    button(*dialog, "Accept")->click();
    QVERIFY(account_->roster().requests().isEmpty());
    QVERIFY(account_->roster().find("10777@example.org")->is_friend);
    delete dialog;
  }

  void theCardShowsWhatTheProfileTells() {
    auto* card = new ProfileCard(*account_, "10023@example.org");
    card->show();
    QVERIFY(shows(*card, QStringLiteral("苏州")));
    QVERIFY(shows(*card, QStringLiteral("今天的晚霞")));
    delete card;
  }

  void savingOnesProfileTellsTheServer() {
    auto* window = new OwnProfileWindow(*account_);
    for (auto* line : window->findChildren<QLineEdit*>()) {
      if (line->accessibleName() == "City") line->setText("Suzhou");
    }
    button(*window, "Save")->click();
    QCOMPARE(account_->profiles().profile(account_->jid())->city, QStringLiteral("Suzhou"));
    QVERIFY(shows(*window, "Saved."));
    delete window;
  }

  void theGalleryHasSixteenPicturesThatDiffer() {
    QSet<QByteArray> pictures;
    for (const QString& name : AvatarPicker::gallery()) {
      const QImage picture = AvatarPicker::gallery_picture(name, 32);
      pictures << QByteArray(reinterpret_cast<const char*>(picture.constBits()), picture.sizeInBytes());
    }
    QVERIFY(pictures.size() >= 16);
  }

  void croppingStaysInsideThePicture() {
    QImage picture(400, 200, QImage::Format_RGB32);
    picture.fill(Qt::red);
    CropView view(picture);
    for (int i = 0; i < 100; ++i) QTest::keyClick(&view, Qt::Key_Right);
    view.set_zoom(300);
    const QImage cut = view.cropped(64);
    QCOMPARE(cut.size(), QSize(64, 64));
    QCOMPARE(cut.pixelColor(63, 32), QColor(Qt::red));
    QCOMPARE(cut.pixelColor(0, 0), QColor(Qt::red));
  }

  void aNewPasswordIsTypedTwice() {
    auto* dialog = new PasswordDialog(*account_, nullptr);
    const auto lines = dialog->findChildren<QLineEdit*>();
    lines[0]->setText("new secret");
    lines[1]->setText("new secre");
    button(*dialog, "Change")->click();
    QVERIFY(account_->password.isEmpty());
    lines[1]->setText("new secret");
    button(*dialog, "Change")->click();
    QCOMPARE(account_->password, QStringLiteral("new secret"));
    delete dialog;
  }

  void closingTheAccountWantsTheAddressTyped() {
    auto* dialog = new CloseAccountDialog(*account_, nullptr);
    QSignalSpy closed(dialog, &CloseAccountDialog::closed_for_good);
    auto* yes = button(*dialog, "Close the account");
    QVERIFY(!yes->isEnabled());
    dialog->findChild<QLineEdit*>()->setText(account_->jid());
    yes->click();
    QCOMPARE(closed.size(), 1);
    delete dialog;
  }

  void aSettingIsAppliedAtOnceAndFollowsChangesFromElsewhere() {
    SettingsWindow window(*account_);
    for (auto* box : window.findChildren<QCheckBox*>()) {
      if (box->text() != "Play sounds") continue;
      box->click();
      QVERIFY(!account_->settings().flag(setting::sounds));
      account_->settings().set_value(setting::sounds, true);
      QVERIFY(box->isChecked());
    }
  }

 private:
  std::unique_ptr<test::FakeAccount> account_;
};

QTEST_MAIN(PeopleTest)
#include "people_test.moc"
