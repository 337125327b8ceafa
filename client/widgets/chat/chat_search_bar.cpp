#include "client/widgets/chat/chat_search_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

#include "client/core/history.h"
#include "client/widgets/icon_button.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

constexpr int wait_ms = 200;  // after the last key

}  // namespace

ChatSearchBar::ChatSearchBar(History& history, QString chat, QWidget* parent)
    : QFrame(parent),
      history_(history),
      chat_(std::move(chat)),
      words_(new QLineEdit(this)),
      count_(new QLabel(this)),
      older_(new IconButton(QStringLiteral("arrow_up"), {}, this)),
      newer_(new IconButton(QStringLiteral("arrow_down"), {}, this)),
      away_(new IconButton(QStringLiteral("close"), {}, this, Tint::faint)) {
  set_kind(*this, "panel");
  setAttribute(Qt::WA_StyledBackground);
  words_->setClearButtonEnabled(true);
  set_kind(*words_, "search");
  set_kind(*count_, "faint");
  count_->setMinimumWidth(80);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 6, 8, 6);
  row->addWidget(words_, 1);
  row->addWidget(count_);
  row->addWidget(older_);
  row->addWidget(newer_);
  row->addWidget(away_);
  wait_.setSingleShot(true);
  wait_.setInterval(wait_ms);
  words_->installEventFilter(this);
  connect(&wait_, &QTimer::timeout, this, &ChatSearchBar::search);
  connect(words_, &QLineEdit::textChanged, &wait_, qOverload<>(&QTimer::start));
  connect(older_, &QAbstractButton::clicked, this, [this] { go(1); });
  connect(newer_, &QAbstractButton::clicked, this, [this] { go(-1); });
  connect(away_, &QAbstractButton::clicked, this, &ChatSearchBar::close_bar);
  follow_language(this, [this] { set_texts(); });
  hide();
}

void ChatSearchBar::set_texts() {
  words_->setPlaceholderText(tr("Search in this chat"));
  words_->setAccessibleName(tr("Search in this chat"));
  older_->set_name(tr("Older hit (Enter)"));
  newer_->set_name(tr("Newer hit (Shift+Enter)"));
  away_->set_name(tr("Close the search"));
  tell();
}

void ChatSearchBar::open() {
  show();
  words_->setFocus();
  words_->selectAll();
  tell();
}

void ChatSearchBar::close_bar() {
  words_->clear();
  hits_.clear();
  hide();
  emit words_changed({});
  emit closed();
}

void ChatSearchBar::search() {
  const QString text = words_->text().trimmed();
  hits_.clear();
  current_ = -1;
  if (!text.isEmpty()) {
    HistoryQuery query;
    query.text = text;
    query.chat = chat_;
    query.limit = most_hits;
    for (const Message& message : history_.search(query)) hits_ << message.id;
  }
  emit words_changed(text);
  if (hits_.isEmpty()) return tell();
  go(1);
}

void ChatSearchBar::go(int step) {
  if (wait_.isActive()) {
    wait_.stop();
    return search();
  }
  if (hits_.isEmpty()) return;
  current_ = int((current_ + step + hits_.size()) % hits_.size());
  tell();
  emit hit_wanted(hits_[current_]);
}

void ChatSearchBar::tell() {
  const bool has_words = !words_->text().trimmed().isEmpty();
  count_->setText(!hits_.isEmpty() ? tr("%1 of %2").arg(current_ + 1).arg(hits_.size())
                  : has_words      ? tr("Nothing found")
                                   : QString());
  older_->setEnabled(!hits_.isEmpty());
  newer_->setEnabled(!hits_.isEmpty());
}

bool ChatSearchBar::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
      go(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
      return true;
    }
  }
  return QFrame::eventFilter(object, event);
}

}  // namespace queqiao::client
