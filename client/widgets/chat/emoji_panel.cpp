#include "client/widgets/chat/emoji_panel.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>

#include "client/core/settings.h"
#include "client/widgets/chat/emoji_catalogue.h"
#include "client/widgets/icons.h"
#include "client/widgets/language.h"
#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

constexpr auto recent_key = "recent_emoji";
constexpr int most_recent = 36;
constexpr int usual_cell = 40;  // pixels, with text of 100 %
constexpr int columns = 9;

int cell_side() {
  return scaled(usual_cell);
}

}  // namespace

EmojiPanel::EmojiPanel(Settings& settings, QWidget* parent)
    : QFrame(parent, Qt::Popup),
      settings_(settings),
      search_(new QLineEdit(this)),
      grid_(new QListWidget(this)),
      tabs_(new QTabBar(this)),
      nothing_(new QLabel(this)) {
  set_kind(*this, "card");
  search_->setClearButtonEnabled(true);
  set_kind(*search_, "search");
  build_grid();
  build_tabs();
  set_kind(*nothing_, "faint");
  nothing_->setAlignment(Qt::AlignCenter);
  nothing_->setFixedHeight(6 * cell_side());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 10, 10, 6);
  column->setSpacing(6);
  for (QWidget* part : std::initializer_list<QWidget*>{search_, grid_, nothing_, tabs_}) column->addWidget(part);
  search_->installEventFilter(this);
  grid_->installEventFilter(this);
  follow_language(this, [this] { set_texts(); });
  connect(tabs_, &QTabBar::currentChanged, this, &EmojiPanel::show_category);
  connect(search_, &QLineEdit::textChanged, this, [this](const QString& words) {
    if (words.trimmed().isEmpty()) return show_category(tabs_->currentIndex());
    show_emoji(find_emoji(words.trimmed()), tr("Nothing found. Try another word."));
  });
  connect(grid_, &QListWidget::itemClicked, this, [this](const QListWidgetItem* item) { choose(item->text()); });
}

void EmojiPanel::build_grid() {
  grid_->setViewMode(QListView::IconMode);
  grid_->setMovement(QListView::Static);
  grid_->setResizeMode(QListView::Adjust);
  grid_->setUniformItemSizes(true);
  grid_->setGridSize({cell_side(), cell_side()});
  grid_->setFont(text_font(18));
  grid_->setFixedSize(columns * cell_side() + 18, 6 * cell_side());
  grid_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  grid_->setMouseTracking(true);
  grid_->setStyleSheet(QStringLiteral("QListWidget{background:transparent} QListWidget::item{border-radius:6px;}"
                                      "QListWidget::item:hover,QListWidget::item:selected{background:%1}")
                           .arg(look().selected.name()));
}

void EmojiPanel::build_tabs() {
  tabs_->setExpanding(false);
  tabs_->setDrawBase(false);
  tabs_->setUsesScrollButtons(false);
  tabs_->setFocusPolicy(Qt::TabFocus);
  tabs_->setFont(text_font(13));
  tabs_->addTab(icon(QStringLiteral("clock"), Tint::faint), {});
  for (const EmojiCategory& category : emoji_categories()) tabs_->addTab(category.picture);
}

void EmojiPanel::set_texts() {
  search_->setPlaceholderText(tr("Search emoji"));
  search_->setAccessibleName(tr("Search emoji"));
  grid_->setAccessibleName(tr("Emoji"));
  QStringList names{tr("Recent")};
  for (const EmojiCategory& category : emoji_categories()) names << category.name;
  for (int tab = 0; tab < names.size(); ++tab) {
    tabs_->setTabToolTip(tab, names[tab]);
    tabs_->setAccessibleTabName(tab, names[tab]);
  }
}

QStringList EmojiPanel::recent(const Settings& settings) {
  return settings.text(QLatin1String(recent_key)).split(u' ', Qt::SkipEmptyParts);
}

void EmojiPanel::remember(Settings& settings, const QString& emoji) {
  QStringList all = recent(settings);
  all.removeAll(emoji);
  all.prepend(emoji);
  settings.set_value(QLatin1String(recent_key), all.mid(0, most_recent).join(u' '));
}

QRect EmojiPanel::place(QSize size, const QRect& anchor, const QRect& screen) {
  QRect panel(QPoint(anchor.left(), anchor.top() - size.height() - 4), size);
  if (panel.top() < screen.top()) panel.moveTop(anchor.bottom() + 4);
  panel.moveTop(std::max(screen.top(), std::min(panel.top(), screen.bottom() - size.height() + 1)));
  panel.moveLeft(std::max(screen.left(), std::min(panel.left(), screen.right() - size.width() + 1)));
  return panel;
}

void EmojiPanel::show_at(const QWidget& button) {
  search_->clear();
  const int start = recent(settings_).size() < columns ? 1 : 0;
  tabs_->setCurrentIndex(start);
  show_category(start);
  adjustSize();
  const QRect anchor(button.mapToGlobal(QPoint(0, 0)), button.size());
  setGeometry(place(sizeHint(), anchor, button.screen()->availableGeometry()));
  show();
  search_->setFocus();
}

void EmojiPanel::show_category(int tab) {
  if (tab == 0) return show_emoji(recent(settings_), tr("The emoji that you use come here."));
  const QList<EmojiCategory> all = emoji_categories();
  if (tab > 0 && tab <= all.size()) show_emoji(all[tab - 1].emoji, {});
}

void EmojiPanel::show_emoji(const QStringList& emoji, const QString& when_empty) {
  grid_->clear();
  for (const QString& one : emoji) {
    auto* item = new QListWidgetItem(one, grid_);
    item->setTextAlignment(Qt::AlignCenter);
    item->setSizeHint({cell_side(), cell_side()});
  }
  grid_->setVisible(!emoji.isEmpty());
  nothing_->setVisible(emoji.isEmpty());
  nothing_->setText(when_empty);
}

void EmojiPanel::choose(const QString& emoji) {
  remember(settings_, emoji);
  emit chosen(emoji);
  if (!(QGuiApplication::keyboardModifiers() & Qt::ShiftModifier)) close();
}

bool EmojiPanel::eventFilter(QObject* object, QEvent* event) {
  if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(object, event);
  const int key = static_cast<QKeyEvent*>(event)->key();
  const bool is_enter = key == Qt::Key_Return || key == Qt::Key_Enter;
  if (object == search_ && key == Qt::Key_Down && grid_->count() > 0) {
    grid_->setFocus();
    grid_->setCurrentRow(0);
    return true;
  }
  if (is_enter && grid_->count() > 0 && grid_->isVisible()) {
    choose(grid_->item(std::max(0, grid_->currentRow()))->text());
    return true;
  }
  return QFrame::eventFilter(object, event);
}

}  // namespace queqiao::client
