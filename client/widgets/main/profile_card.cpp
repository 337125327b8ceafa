#include "client/widgets/main/profile_card.h"

#include <QDate>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollArea>

#include "client/core/contact.h"
#include "client/core/roster.h"
#include "client/models/contact_tree.h"
#include "client/widgets/avatar.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/main/add_friend_dialog.h"
#include "client/widgets/main/contact_menu.h"
#include "client/widgets/main/found_people.h"
#include "client/widgets/main/own_header.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int banner_height = 96, avatar_side = 96;

int age_of(QDate birthday, QDate today) {
  const int years = today.year() - birthday.year();
  return today < birthday.addYears(years) ? years - 1 : years;
}

}  // namespace

ProfileCard::ProfileCard(Account& account, const QString& jid, QWidget* parent)
    : QWidget(parent, Qt::Window),
      account_(account),
      jid_(jid),
      fields_(new QGridLayout),
      wait_(new WaitLine),
      note_(new InlineNote) {
  setObjectName("profile_card");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowIcon(program_icon());
  resize(scaled(360), scaled(540));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(24, banner_height - avatar_side / 2, 24, 16);
  column->setSpacing(10);
  column->addLayout(make_head());
  column->addWidget(signature_);
  column->addWidget(wait_);
  column->addWidget(note_);
  column->addWidget(make_field_area(), 1);
  column->addLayout(make_buttons());
  follow_account();
  wait_->set_waiting(true);
  follow_language(this, [this] { refresh(); });
  account.profiles().request(jid);
}

QWidget* ProfileCard::make_field_area() {
  fields_->setHorizontalSpacing(16);
  fields_->setVerticalSpacing(8);
  fields_->setColumnStretch(1, 1);
  auto* inside = new QWidget;
  auto* fields = new QVBoxLayout(inside);
  fields->setContentsMargins(0, 0, 0, 0);
  fields->addLayout(fields_);
  fields->addStretch();
  area_ = new QScrollArea;
  area_->setWidget(inside);
  area_->setWidgetResizable(true);
  area_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return area_;
}

QLayout* ProfileCard::make_buttons() {
  more_ = new QPushButton;
  action_ = new QPushButton;
  set_kind(*action_, "primary");
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(more_);
  buttons->addStretch();
  buttons->addWidget(action_);
  connect(action_, &QPushButton::clicked, this, &ProfileCard::act);
  connect(more_, &QPushButton::clicked, this, [this] {
    auto* menu = new ContactMenu(account_, jid_, this);
    connect(menu, &ContactMenu::chat_wanted, this, &ProfileCard::chat_wanted);
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height())));
  });
  return buttons;
}

void ProfileCard::follow_account() {
  const auto refresh_if_them = [this](const QString& changed) {
    if (changed == jid_) refresh();
  };
  connect(&account_.roster(), &Roster::contact_changed, this, refresh_if_them);
  connect(&account_.roster(), &Roster::contact_removed, this, refresh_if_them);
  connect(&account_.profiles(), &Profiles::avatar_changed, this, refresh_if_them);
  connect(&account_.profiles(), &Profiles::profile_changed, this, [this, refresh_if_them](const QString& changed) {
    if (changed == jid_) wait_->set_waiting(false);
    refresh_if_them(changed);
  });
  connect(&account_.profiles(), &Profiles::request_failed, this, [this](const QString& failed, const QString& why) {
    if (failed != jid_) return;
    wait_->set_waiting(false);
    note_->show_error(why);
  });
}

QLayout* ProfileCard::make_head() {
  avatar_ = new QLabel;
  name_ = new QLabel;
  address_ = new QLabel;
  signature_ = new QLabel;
  status_ = new QLabel;
  for (auto* label : {name_, address_, signature_, status_}) {
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  }
  signature_->setWordWrap(true);
  set_kind(*name_, "title");
  set_kind(*address_, "faint");
  set_kind(*status_, "small");
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  words->addSpacing(avatar_side / 2 + 4);
  words->addWidget(name_);
  words->addWidget(address_);
  words->addWidget(status_);
  auto* row = new QHBoxLayout;
  row->setSpacing(14);
  row->addWidget(avatar_, 0, Qt::AlignTop);
  row->addLayout(words, 1);
  return row;
}

void ProfileCard::refresh() {
  area_->setAccessibleName(tr("Profile"));
  const Contact* contact = account_.roster().find(jid_);
  const auto profile = account_.profiles().profile(jid_);
  QString name = contact ? contact->display_name() : jid_.section('@', 0, 0);
  if (!contact && profile && !profile->nickname.isEmpty()) name = profile->nickname;
  const Status status = contact ? contact->status : Status::online;  // of strangers one does not know
  setWindowTitle(name);
  avatar_->setPixmap(avatar_pixmap(avatar_side, account_.profiles().avatar(jid_), jid_, name, status));
  name_->setText(name);
  address_->setText(jid_);
  status_->setText(contact ? status_name(contact->status) : tr("Not among your friends"));
  signature_->setText(contact ? contact->signature : QString());
  signature_->setVisible(!signature_->text().isEmpty());
  more_->setText(tr("More"));
  more_->setVisible(contact != nullptr);
  action_->setText(contact ? tr("Send message") : tr("Add friend…"));
  action_->setVisible(jid_ != account_.jid());
  refresh_fields(profile.value_or(Profile()));
}

void ProfileCard::refresh_fields(const Profile& profile) {
  while (auto* item = fields_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  const Contact* contact = account_.roster().find(jid_);
  if (contact && !contact->remark.isEmpty()) add_field(tr("Nickname"), profile.nickname);
  add_field(tr("Full name"), profile.full_name);
  if (profile.gender != Gender::unknown) add_field(tr("Gender"), gender_name(profile.gender));
  if (profile.birthday.isValid()) {
    const QString day = QLocale().toString(profile.birthday, QLocale::LongFormat);
    add_field(tr("Birthday"), tr("%1 (age %2)").arg(day).arg(age_of(profile.birthday, QDate::currentDate())));
  }
  add_field(tr("Place"), QStringList{profile.city, profile.country}.filter(QRegularExpression(".")).join(", "));
  add_field(tr("E-mail"), profile.email);
  add_field(tr("Phone"), profile.phone);
  add_field(tr("Website"), profile.website);
  add_field(tr("About"), profile.about);
  if (contact) {
    add_field(tr("Group"), contact->groups.isEmpty() ? shown_group_name({}) : contact->groups.join(", "));
    add_field(tr("Device"), contact->device);
  }
  if (fields_->count() == 0 && account_.profiles().profile(jid_)) add_field({}, tr("They have not told anything yet."));
}

void ProfileCard::add_field(const QString& name, const QString& value) {
  if (value.isEmpty()) return;
  auto* name_label = new QLabel(name);
  auto* value_label = new QLabel(value);
  set_kind(*name_label, "faint");
  value_label->setTextFormat(Qt::PlainText);
  value_label->setWordWrap(true);
  value_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  const int row = fields_->rowCount();
  fields_->addWidget(name_label, row, 0, Qt::AlignTop);
  fields_->addWidget(value_label, row, 1);
}

void ProfileCard::act() {
  if (account_.roster().find(jid_)) {
    emit chat_wanted(jid_);
    close();
    return;
  }
  const auto profile = account_.profiles().profile(jid_);
  auto* dialog = new AddFriendDialog(account_, jid_, profile ? profile->nickname : QString(), this);
  connect(dialog, &AddFriendDialog::asked, this,
          [this] { show_toast(this, tr("The request is on its way."), ToastKind::good); });
  dialog->open();
}

void ProfileCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), look().panel);
  paint_banner(painter, QRect(0, 0, width(), banner_height));
  painter.setPen(Qt::NoPen);
  painter.setBrush(look().panel);
  painter.drawEllipse(avatar_->geometry().adjusted(-4, -4, 4, 4));
}

void ProfileCard::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close)) {
    close();
  } else {
    QWidget::keyPressEvent(event);
  }
}

}  // namespace queqiao::client
