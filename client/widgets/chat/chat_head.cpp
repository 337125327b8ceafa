#include "client/widgets/chat/chat_head.h"

#include <QHBoxLayout>
#include <QPushButton>

#include "client/widgets/chat/one_line_label.h"
#include "client/widgets/chat/people.h"
#include "client/widgets/icon_button.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

constexpr int face_side = 44;

}  // namespace

ChatHead::ChatHead(const People& people, QString jid, QWidget* parent)
    : QFrame(parent),
      people_(people),
      jid_(std::move(jid)),
      face_(new QPushButton(this)),
      name_(new OneLineLabel(this)),
      state_(new OneLineLabel(this)),
      search_(new IconButton(QStringLiteral("search"), {}, this)),
      history_(new IconButton(QStringLiteral("history"), {}, this)),
      profile_(new IconButton(QStringLiteral("person"), {}, this)),
      connection_(new QLabel(this)) {
  set_kind(*this, "panel");
  setAttribute(Qt::WA_StyledBackground);
  build_face();
  set_kind(*name_, "heading");
  set_kind(*state_, "faint");
  lay_out();
  connect(search_, &QAbstractButton::clicked, this, &ChatHead::search_wanted);
  connect(history_, &QAbstractButton::clicked, this, &ChatHead::history_wanted);
  connect(profile_, &QAbstractButton::clicked, this, &ChatHead::profile_wanted);
  follow_language(this, [this] { set_texts(); });
}

void ChatHead::build_face() {
  face_->setFlat(true);
  face_->setFocusPolicy(Qt::TabFocus);
  face_->setCursor(Qt::PointingHandCursor);
  face_->setFixedSize(face_side + 4, face_side + 4);
  face_->setIconSize({face_side, face_side});
  face_->setStyleSheet(QStringLiteral("QPushButton{border:2px solid transparent;border-radius:%1px;padding:0;"
                                      "background:transparent}QPushButton:focus{border-color:%2}")
                           .arg(face_side / 2 + 2)
                           .arg(look().accent.name()));
  connect(face_, &QPushButton::clicked, this, &ChatHead::profile_wanted);
}

void ChatHead::lay_out() {
  auto* words = new QVBoxLayout;
  words->setSpacing(2);
  words->addStretch();
  words->addWidget(name_);
  words->addWidget(state_);
  words->addStretch();
  auto* row = new QHBoxLayout;
  row->setContentsMargins(14, 8, 10, 8);
  row->setSpacing(10);
  row->addWidget(face_);
  row->addLayout(words, 1);
  for (QWidget* button : {search_, history_, profile_}) row->addWidget(button);
  connection_->setWordWrap(true);
  connection_->setContentsMargins(16, 5, 16, 5);
  connection_->hide();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(row);
  column->addWidget(connection_);
}

void ChatHead::set_texts() {
  face_->setAccessibleName(tr("Show the profile"));
  face_->setToolTip(tr("Show the profile"));
  search_->set_name(tr("Search in this chat (Ctrl+F)"));
  history_->set_name(tr("Message history"));
  profile_->set_name(tr("Profile"));
  refresh();
}

void ChatHead::refresh() {
  face_->setIcon(QIcon(people_.face(face_side * 2, jid_)));
  name_->set_text(people_.name(jid_));
  state_->set_text(is_typing_ ? tr("is typing…") : people_.status_line(jid_));
  QPalette colours = state_->palette();
  colours.setColor(QPalette::WindowText, is_typing_ ? look().link : look().faint_text);
  state_->setPalette(colours);
}

void ChatHead::set_typing(bool is_typing) {
  is_typing_ = is_typing;
  refresh();
}

void ChatHead::set_connection(const QString& problem) {
  connection_->setVisible(!problem.isEmpty());
  connection_->setText(problem);
  QColor ground = look().warning;
  ground.setAlpha(40);
  connection_->setStyleSheet(QStringLiteral("QLabel{background:rgba(%1,%2,%3,40);color:%4}")
                                 .arg(ground.red())
                                 .arg(ground.green())
                                 .arg(ground.blue())
                                 .arg(look().warning.name()));
}

}  // namespace queqiao::client
