#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>

#include "client/core/account.h"
#include "client/core/people_search.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/main/found_people.h"
#include "client/widgets/wait_line.h"

namespace queqiao::client {

// Finds people by number or nickname, or by more of what they tell about themselves, and adds them.
class FindPeopleWindow final : public QWidget {
  Q_OBJECT

 public:
  explicit FindPeopleWindow(Account& account, QWidget* parent = nullptr);

 signals:
  void profile_wanted(const QString& jid);
  void chat_wanted(const QString& jid);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  QWidget* make_simple_row();
  QWidget* make_details();
  QWidget* make_results();
  void set_texts();
  void search();
  void take(const QList<FoundPerson>& people, bool is_first_page, bool has_more);
  void fail(const QString& why);
  void act_on(const QModelIndex& index);
  PeopleQuery query() const;

  Account& account_;
  FoundPeople found_;
  QLineEdit *words_, *full_name_, *city_;
  QPushButton *search_, *more_fields_, *more_, *add_;
  QWidget* details_;
  QLabel *full_name_label_, *city_label_, *gender_label_, *age_label_, *age_to_label_;
  QComboBox* gender_;
  QSpinBox *age_from_, *age_to_;
  QCheckBox* online_only_;
  WaitLine* wait_;
  QStackedWidget* pages_;
  EmptyState *start_, *nobody_, *failure_;
  QListView* list_;
};

}  // namespace queqiao::client
