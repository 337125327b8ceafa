#include "client/widgets/main/own_profile_window.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPointer>
#include <QScrollArea>
#include <QVBoxLayout>

#include "client/widgets/avatar.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/main/avatar_picker.h"
#include "client/widgets/main/found_people.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

constexpr int longest_line = 100, avatar_side = 72;

}  // namespace

OwnProfileWindow::OwnProfileWindow(Account& account, QWidget* parent)
    : QWidget(parent, Qt::Window),
      account_(account),
      form_(new QFormLayout),
      wait_(new WaitLine),
      note_(new InlineNote) {
  setObjectName("own_profile_window");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowIcon(program_icon());
  resize(scaled(420), scaled(620));
  make_fields();
  auto* inside = new QWidget;
  inside->setLayout(form_);
  auto* area = new QScrollArea;
  area->setFocusPolicy(Qt::NoFocus);  // what is in it takes the focus
  area->setWidget(inside);
  area->setWidgetResizable(true);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  save_ = new QPushButton;
  set_kind(*save_, "primary");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 18, 20, 16);
  column->setSpacing(10);
  column->addLayout(make_head());
  column->addWidget(wait_);
  column->addWidget(area, 1);
  column->addWidget(note_);
  column->addWidget(save_, 0, Qt::AlignRight);
  connect(save_, &QPushButton::clicked, this, &OwnProfileWindow::save);
  connect(&account.profiles(), &Profiles::profile_changed, this, [this](const QString& jid) {
    if (jid != account_.jid()) return;
    wait_->set_waiting(false);
    if (!is_edited_) fill();
  });
  connect(&account.profiles(), &Profiles::avatar_changed, this, &OwnProfileWindow::refresh_avatar);
  connect(&account.profiles(), &Profiles::request_failed, this, [this](const QString& jid, const QString& why) {
    if (jid != account_.jid()) return;
    wait_->set_waiting(false);
    note_->show_error(why);
  });
  follow_language(this, [this] { set_texts(); });
  wait_->set_waiting(true);
  fill();
  account.profiles().request(account.jid());
}

QLayout* OwnProfileWindow::make_head() {
  avatar_ = new QToolButton;
  avatar_->setIconSize({avatar_side, avatar_side});
  avatar_->setCursor(Qt::PointingHandCursor);
  avatar_->setStyleSheet("padding: 0; border-radius: 37px");
  choose_avatar_ = new QPushButton;
  name_ = new QLabel;
  address_ = new QLabel(account_.jid());
  address_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  name_->setTextFormat(Qt::PlainText);
  set_kind(*name_, "title");
  set_kind(*address_, "faint");
  auto* words = new QVBoxLayout;
  words->setSpacing(4);
  words->addWidget(name_);
  words->addWidget(address_);
  words->addWidget(choose_avatar_, 0, Qt::AlignLeft);
  auto* row = new QHBoxLayout;
  row->setSpacing(14);
  row->addWidget(avatar_);
  row->addLayout(words, 1);
  connect(avatar_, &QToolButton::clicked, this, &OwnProfileWindow::choose_avatar);
  connect(choose_avatar_, &QPushButton::clicked, this, &OwnProfileWindow::choose_avatar);
  return row;
}

void OwnProfileWindow::make_fields() {
  form_->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
  form_->setHorizontalSpacing(14);
  form_->setVerticalSpacing(8);
  form_->setContentsMargins(0, 0, 8, 0);
  for (auto* field : {&nickname_, &full_name_, &city_, &country_, &email_, &phone_, &website_}) {
    *field = new QLineEdit;
    (*field)->setMaxLength(longest_line);
    connect(*field, &QLineEdit::textEdited, this, [this] { is_edited_ = true; });
  }
  about_ = new QPlainTextEdit;
  about_->setFixedHeight(80);
  about_->setTabChangesFocus(true);
  gender_ = new QComboBox;
  gender_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  has_birthday_ = new QCheckBox;
  birthday_ = new QDateEdit;
  birthday_->setCalendarPopup(true);
  birthday_->setDateRange(QDate(1900, 1, 1), QDate::currentDate());
  connect(has_birthday_, &QCheckBox::toggled, birthday_, &QWidget::setEnabled);
  auto* birthday = new QHBoxLayout;
  birthday->addWidget(has_birthday_);
  birthday->addWidget(birthday_, 1);
  const QList<QWidget*> fields{nickname_, full_name_, gender_, nullptr,  city_,
                               country_,  email_,     phone_,  website_, about_};
  for (auto* field : fields) field ? form_->addRow(new QLabel, field) : form_->addRow(new QLabel, birthday);
}

void OwnProfileWindow::set_texts() {
  setWindowTitle(tr("My profile"));
  avatar_->setAccessibleName(tr("Choose an avatar"));
  avatar_->setToolTip(tr("Choose an avatar"));
  choose_avatar_->setText(tr("Choose an avatar…"));
  save_->setText(tr("Save"));
  const QStringList names{tr("Nickname"), tr("Full name"), tr("Gender"), tr("Birthday"), tr("City"),
                          tr("Country"),  tr("E-mail"),    tr("Phone"),  tr("Website"),  tr("About me")};
  for (int row = 0; row < names.size(); ++row) {
    static_cast<QLabel*>(form_->itemAt(row, QFormLayout::LabelRole)->widget())->setText(names[row]);
    if (auto* field = form_->itemAt(row, QFormLayout::FieldRole)->widget()) field->setAccessibleName(names[row]);
  }
  has_birthday_->setAccessibleName(tr("Tell my birthday"));
  has_birthday_->setToolTip(tr("Tell my birthday"));
  birthday_->setAccessibleName(tr("Birthday"));
  birthday_->setDisplayFormat("yyyy-MM-dd");
  const int chosen = qMax(0, gender_->currentIndex());
  gender_->clear();
  for (const auto gender : {Gender::unknown, Gender::male, Gender::female, Gender::other}) {
    gender_->addItem(gender_name(gender), int(gender));
  }
  gender_->setCurrentIndex(chosen);
}

void OwnProfileWindow::fill() {
  const Profile it = account_.profiles().profile(account_.jid()).value_or(Profile());
  nickname_->setText(it.nickname);
  full_name_->setText(it.full_name);
  city_->setText(it.city);
  country_->setText(it.country);
  email_->setText(it.email);
  phone_->setText(it.phone);
  website_->setText(it.website);
  about_->setPlainText(it.about);
  gender_->setCurrentIndex(gender_->findData(int(it.gender)));
  has_birthday_->setChecked(it.birthday.isValid());
  birthday_->setEnabled(it.birthday.isValid());
  birthday_->setDate(it.birthday.isValid() ? it.birthday : QDate(2000, 1, 1));
  refresh_avatar();
}

void OwnProfileWindow::refresh_avatar() {
  const QString nickname = nickname_->text();
  const QString name = nickname.isEmpty() ? account_.jid().section('@', 0, 0) : nickname;
  name_->setText(name);
  avatar_->setIcon(
      avatar_pixmap(avatar_side, account_.profiles().avatar(account_.jid()), account_.jid(), name, Status::online));
}

void OwnProfileWindow::choose_avatar() {
  auto* picker = new AvatarPicker(this);
  connect(picker, &AvatarPicker::chosen, this,
          [this](const QImage& image) { account_.profiles().set_own_avatar(image, toast_on_error(this)); });
  picker->open();
}

Profile OwnProfileWindow::profile() const {
  Profile it;
  it.nickname = nickname_->text().trimmed();
  it.full_name = full_name_->text().trimmed();
  it.city = city_->text().trimmed();
  it.country = country_->text().trimmed();
  it.email = email_->text().trimmed();
  it.phone = phone_->text().trimmed();
  it.website = website_->text().trimmed();
  it.about = about_->toPlainText().trimmed();
  it.gender = Gender(gender_->currentData().toInt());
  if (has_birthday_->isChecked()) it.birthday = birthday_->date();
  return it;
}

void OwnProfileWindow::save() {
  save_->setEnabled(false);
  wait_->set_waiting(true);
  note_->clear();
  account_.profiles().save_own(profile(), [guard = QPointer<OwnProfileWindow>(this)](const QString& error) {
    if (!guard) return;
    guard->save_->setEnabled(true);
    guard->wait_->set_waiting(false);
    guard->is_edited_ = false;
    error.isEmpty() ? guard->note_->show_good(tr("Saved.")) : guard->note_->show_error(error);
  });
}

void OwnProfileWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close)) {
    close();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void OwnProfileWindow::paintEvent(QPaintEvent*) {
  QPainter(this).fillRect(rect(), look().panel);
}

}  // namespace queqiao::client
