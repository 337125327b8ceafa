#include "client/widgets/icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include "client/widgets/resources.h"
#include "client/widgets/theme.h"

namespace queqiao::client {

namespace {

QColor colour_of(Tint tint, QIcon::Mode mode) {
  const auto& it = look();
  if (mode == QIcon::Disabled) return it.is_dark ? QColor(0x5c6570) : QColor(0xb4bcc6);
  switch (tint) {
    case Tint::text:
      return it.text;
    case Tint::faint:
      return it.faint_text;
    case Tint::accent:
      return it.is_dark ? it.link : it.accent;
    case Tint::on_accent:
      return it.accent_text;
    case Tint::danger:
      return it.danger;
    case Tint::good:
      return it.good;
    case Tint::warning:
      return it.warning;
  }
  return it.text;
}

QPixmap drawn(const QString& name, QSize pixels, const QColor& colour) {
  const QString key = QStringLiteral("queqiao-icon/%1/%2/%3").arg(name).arg(pixels.width()).arg(colour.rgba());
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  pixmap = QPixmap(pixels);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  QSvgRenderer(QStringLiteral(":/queqiao/icons/%1.svg").arg(name)).render(&painter, QRectF({}, QSizeF(pixels)));
  painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
  painter.fillRect(pixmap.rect(), colour);
  painter.end();
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

// Asks the look for the colour each time that it is painted, so that a change of the theme needs nothing else.
class TintedSvg final : public QIconEngine {
 public:
  TintedSvg(QString name, Tint tint) : name_(std::move(name)), tint_(tint) {}

  void paint(QPainter* painter, const QRect& place, QIcon::Mode mode, QIcon::State) override {
    const int side = qMin(place.width(), place.height());
    QRect square(0, 0, side, side);
    square.moveCenter(place.center());
    const qreal ratio = painter->device()->devicePixelRatioF();
    painter->drawPixmap(square, drawn(name_, (QSizeF(square.size()) * ratio).toSize(), colour_of(tint_, mode)));
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override {
    const int side = qMin(size.width(), size.height());
    return drawn(name_, {side, side}, colour_of(tint_, mode));
  }

  QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override {
    const int side = qMin(size.width(), size.height());
    return {side, side};
  }

  QIconEngine* clone() const override { return new TintedSvg(name_, tint_); }

 private:
  QString name_;
  Tint tint_;
};

}  // namespace

QIcon icon(const QString& name, Tint tint) {
  load_resources();
  return QIcon(new TintedSvg(name, tint));
}

QIcon program_icon() {
  load_resources();
  return QIcon(QStringLiteral(":/queqiao/queqiao.svg"));
}

}  // namespace queqiao::client
