#include "client/widgets/main/find_people_window.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "client/core/profiles.h"
#include "client/core/roster.h"
#include "client/models/contact_roles.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/main/add_friend_dialog.h"
#include "client/widgets/main/contact_delegate.h"
#include "client/widgets/theme.h"
#include "client/widgets/toast.h"

namespace queqiao::client {

namespace {

constexpr int highest_age = 150;

bool is_number(const QString& text) {
  return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar one) { return one.isDigit(); });
}

}  // namespace

FindPeopleWindow::FindPeopleWindow(Account& account, QWidget* parent)
    : QWidget(parent, Qt::Window), account_(account), found_(account.profiles()) {
  setObjectName("find_people_window");
  setWindowIcon(program_icon());
  resize(scaled(460), scaled(600));
  wait_ = new WaitLine;
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 12);
  column->setSpacing(10);
  column->addWidget(make_simple_row());
  column->addWidget(make_details());
  column->addWidget(wait_);
  column->addWidget(make_results(), 1);
  auto* bottom = new QHBoxLayout;
  more_ = new QPushButton;
  add_ = new QPushButton;
  set_kind(*add_, "primary");
  bottom->addWidget(more_);
  bottom->addStretch();
  bottom->addWidget(add_);
  column->addLayout(bottom);
  more_->hide();
  add_->setEnabled(false);
  connect(search_, &QPushButton::clicked, this, &FindPeopleWindow::search);
  connect(more_, &QPushButton::clicked, this, [this] {
    wait_->set_waiting(true);
    account_.people_search().more();
  });
  connect(add_, &QPushButton::clicked, this, [this] { act_on(list_->currentIndex()); });
  connect(&account.people_search(), &PeopleSearch::found, this, &FindPeopleWindow::take);
  connect(&account.people_search(), &PeopleSearch::failed, this, &FindPeopleWindow::fail);
  follow_language(this, [this] { set_texts(); });
  words_->setFocus();
}

QWidget* FindPeopleWindow::make_simple_row() {
  words_ = new QLineEdit;
  words_->addAction(icon("search", Tint::faint), QLineEdit::LeadingPosition);
  search_ = new QPushButton;
  set_kind(*search_, "primary");
  words_->setMinimumHeight(scaled(38));
  search_->setMinimumHeight(scaled(38));
  more_fields_ = new QPushButton;
  set_kind(*more_fields_, "link");
  more_fields_->setCheckable(true);
  auto* place = new QWidget;
  place->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  auto* row = new QHBoxLayout(place);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(words_, 1);
  row->addWidget(search_);
  row->addWidget(more_fields_);
  connect(words_, &QLineEdit::returnPressed, this, &FindPeopleWindow::search);
  connect(more_fields_, &QPushButton::toggled, this, [this](bool is_open) {
    details_->setVisible(is_open);
    set_texts();
  });
  return place;
}

QWidget* FindPeopleWindow::make_details() {
  details_ = new QFrame;
  set_kind(*details_, "card");
  full_name_ = new QLineEdit;
  city_ = new QLineEdit;
  gender_ = new QComboBox;
  age_from_ = new QSpinBox;
  age_to_ = new QSpinBox;
  online_only_ = new QCheckBox;
  for (auto* label : {&full_name_label_, &city_label_, &gender_label_, &age_label_, &age_to_label_})
    *label = new QLabel;
  for (auto* age : {age_from_, age_to_}) {
    age->setRange(0, highest_age);
    age->setButtonSymbols(QSpinBox::NoButtons);
  }
  auto* ages = new QHBoxLayout;
  ages->setSpacing(6);
  ages->addWidget(age_from_, 1);
  ages->addWidget(age_to_label_);
  ages->addWidget(age_to_, 1);
  auto* grid = new QGridLayout(details_);
  grid->setContentsMargins(14, 12, 14, 12);
  grid->setHorizontalSpacing(10);
  grid->addWidget(full_name_label_, 0, 0);
  grid->addWidget(full_name_, 0, 1);
  grid->addWidget(city_label_, 0, 2);
  grid->addWidget(city_, 0, 3);
  grid->addWidget(gender_label_, 1, 0);
  grid->addWidget(gender_, 1, 1);
  grid->addWidget(age_label_, 1, 2);
  grid->addLayout(ages, 1, 3);
  grid->addWidget(online_only_, 2, 0, 1, 4);
  grid->setColumnStretch(1, 1);
  grid->setColumnStretch(3, 1);
  details_->hide();
  for (auto* field : {full_name_, city_}) connect(field, &QLineEdit::returnPressed, this, &FindPeopleWindow::search);
  return details_;
}

QWidget* FindPeopleWindow::make_results() {
  pages_ = new QStackedWidget;
  list_ = new QListView;
  list_->setObjectName("people_found");
  list_->setModel(&found_);
  list_->setItemDelegate(new ContactDelegate(list_));
  list_->setMouseTracking(true);
  start_ = new EmptyState("people");
  nobody_ = new EmptyState("search");
  failure_ = new EmptyState("error");
  for (QWidget* page : QList<QWidget*>{start_, list_, nobody_, failure_}) pages_->addWidget(page);
  connect(failure_, &EmptyState::action_clicked, this, &FindPeopleWindow::search);
  connect(list_, &QListView::activated, this, &FindPeopleWindow::act_on);
  connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { set_texts(); });
  list_->setContextMenuPolicy(Qt::ActionsContextMenu);
  auto* profile = new QAction(icon("person"), {}, list_);
  list_->addAction(profile);
  follow_language(list_, [profile] { profile->setText(tr("View profile")); });
  connect(profile, &QAction::triggered, this, [this] {
    if (const auto* person = found_.at(list_->currentIndex())) emit profile_wanted(person->jid);
  });
  return pages_;
}

void FindPeopleWindow::set_texts() {
  setWindowTitle(tr("Find people"));
  words_->setPlaceholderText(tr("Number or nickname"));
  words_->setAccessibleName(tr("Number or nickname"));
  search_->setText(tr("Search"));
  more_fields_->setText(more_fields_->isChecked() ? tr("Fewer fields") : tr("More fields"));
  full_name_label_->setText(tr("Full name"));
  full_name_->setAccessibleName(tr("Full name"));
  city_label_->setText(tr("City"));
  city_->setAccessibleName(tr("City"));
  gender_label_->setText(tr("Gender"));
  gender_->setAccessibleName(tr("Gender"));
  age_label_->setText(tr("Age"));
  age_from_->setAccessibleName(tr("Youngest age"));
  age_to_->setAccessibleName(tr("Oldest age"));
  age_to_label_->setText(tr("to"));
  for (auto* age : {age_from_, age_to_}) age->setSpecialValueText(tr("any"));
  online_only_->setText(tr("Only people who are online"));
  const int chosen = qMax(0, gender_->currentIndex());
  gender_->clear();
  gender_->addItem(tr("Any"), int(Gender::unknown));
  for (const auto gender : {Gender::male, Gender::female, Gender::other})
    gender_->addItem(gender_name(gender), int(gender));
  gender_->setCurrentIndex(chosen);
  list_->setAccessibleName(tr("People found"));
  start_->set_texts(tr("Find people"), tr("Search by number or nickname; more fields narrow it down."));
  nobody_->set_texts(tr("Nobody found"), tr("Check the number, or search with fewer words."));
  more_->setText(tr("Show more"));
  const auto* person = found_.at(list_->currentIndex());
  const Contact* known = person ? account_.roster().find(person->jid) : nullptr;
  add_->setText(known ? tr("Send message") : tr("Add friend…"));
  add_->setEnabled(person && person->jid != account_.jid());
}

PeopleQuery FindPeopleWindow::query() const {
  PeopleQuery query;
  const QString words = words_->text().trimmed();
  // A whole address is a search for its first part; the rest is checked by the server.
  const QString user = words.section('@', 0, 0);
  (is_number(user) || words.contains('@') ? query.number : query.nickname) = user;
  if (!details_->isVisible()) return query;
  query.full_name = full_name_->text().trimmed();
  query.city = city_->text().trimmed();
  query.gender = Gender(gender_->currentData().toInt());
  query.age_from = age_from_->value();
  query.age_to = age_to_->value();
  query.online_only = online_only_->isChecked();
  return query;
}

void FindPeopleWindow::search() {
  wait_->set_waiting(true);
  more_->hide();
  account_.people_search().search(query());
}

void FindPeopleWindow::take(const QList<FoundPerson>& people, bool is_first_page, bool has_more) {
  wait_->set_waiting(false);
  is_first_page ? found_.set(people) : found_.append(people);
  more_->setVisible(has_more);
  pages_->setCurrentWidget(found_.rowCount() > 0 ? static_cast<QWidget*>(list_) : nobody_);
  if (is_first_page && found_.rowCount() > 0) list_->setCurrentIndex(found_.index(0));
  set_texts();
}

void FindPeopleWindow::fail(const QString& why) {
  wait_->set_waiting(false);
  more_->hide();
  failure_->set_texts(tr("The search did not work"), why, tr("Try again"));
  pages_->setCurrentWidget(failure_);
}

void FindPeopleWindow::act_on(const QModelIndex& index) {
  const auto* person = found_.at(index);
  if (!person || person->jid == account_.jid()) return;
  if (account_.roster().find(person->jid)) return emit chat_wanted(person->jid);
  auto* dialog = new AddFriendDialog(account_, person->jid, person->nickname, this);
  connect(dialog, &AddFriendDialog::asked, this, [this] {
    show_toast(this, tr("The request is on its way."), ToastKind::good);
    set_texts();
  });
  dialog->open();
}

void FindPeopleWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close)) {
    close();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void FindPeopleWindow::paintEvent(QPaintEvent*) {
  QPainter(this).fillRect(rect(), look().panel);
}

}  // namespace queqiao::client
