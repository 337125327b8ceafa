#include "client/widgets/games/faces.h"

#include <QPainter>
#include <array>
#include <vector>

#include "client/widgets/theme.h"

namespace queqiao::client {
namespace {

// On a grid of three by three.
const std::array<std::vector<QPoint>, 7>& dots() {
  static const std::array<std::vector<QPoint>, 7> places = {{{},
                                                             {{1, 1}},
                                                             {{0, 0}, {2, 2}},
                                                             {{0, 0}, {1, 1}, {2, 2}},
                                                             {{0, 0}, {2, 0}, {0, 2}, {2, 2}},
                                                             {{0, 0}, {2, 0}, {1, 1}, {0, 2}, {2, 2}},
                                                             {{0, 0}, {2, 0}, {0, 1}, {2, 1}, {0, 2}, {2, 2}}}};
  return places;
}

}  // namespace

QString hand_emoji(const std::string& hand) {
  if (hand == "rock") return QStringLiteral("✊");
  if (hand == "paper") return QStringLiteral("✋");
  return QStringLiteral("✌️");
}

Face::Face(QWidget* parent) : QWidget(parent) {
  setFixedSize(sizeHint());
  show_unknown();
}

void Face::show_unknown() {
  die_ = 0;
  text_ = QStringLiteral("?");
  setAccessibleName(tr("Not known yet"));
  update();
}

void Face::show_die(int value) {
  die_ = value;
  setAccessibleName(QString::number(value));
  update();
}

void Face::show_hand(const std::string& hand) {
  die_ = 0;
  text_ = hand_emoji(hand);
  setAccessibleName(QString::fromStdString(hand));
  update();
}

void Face::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto place = QRectF(rect()).adjusted(6, 6, -6, -6);
  painter.setPen(QPen(look().line, 2));
  painter.setBrush(die_ ? QColor(Qt::white) : look().raised);
  painter.drawRoundedRect(place, 18, 18);
  if (die_) return paint_dots(painter, place);
  auto font = text_font(10);
  font.setPixelSize(52);
  painter.setFont(font);
  painter.setPen(look().faint_text);
  painter.drawText(place, Qt::AlignCenter, text_);
}

void Face::paint_dots(QPainter& painter, const QRectF& place) const {
  painter.setPen(Qt::NoPen);
  painter.setBrush(die_ == 1 || die_ == 4 ? QColor(200, 30, 30) : QColor(30, 30, 30));  // one and four are red in China
  const auto step = place.width() * 0.27;
  for (const auto& dot : dots()[static_cast<std::size_t>(die_)]) {
    const auto radius = die_ == 1 ? place.width() * 0.13 : place.width() * 0.085;
    painter.drawEllipse(place.center() + QPointF((dot.x() - 1) * step, (dot.y() - 1) * step), radius, radius);
  }
}

}  // namespace queqiao::client
