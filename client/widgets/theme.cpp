#include "client/widgets/theme.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>
#include <algorithm>

#include "client/widgets/plain_labels.h"
#include "client/widgets/resources.h"
#include "client/widgets/style_sheet.h"

namespace queqiao::client {

namespace {

// Contrast of text, faint text and text on the accent with what is behind them: 4.5 and more (WCAG 2.1 AA).
Look light_look() {
  Look it;
  it.window = 0xf3f5f8, it.panel = 0xffffff, it.raised = 0xffffff;
  it.hover = 0xeef2f7, it.selected = 0xdcebfb, it.line = 0xe2e6ec;
  it.text = 0x1c2128, it.faint_text = 0x66707c, it.accent = 0x0b6fd6, it.accent_text = 0xffffff;
  it.link = 0x0b63c0, it.warning = 0x9a5b00, it.danger = 0xcc2f3c, it.good = 0x1b7f4b;
  it.own_bubble = 0x0b6fd6, it.own_bubble_text = 0xffffff, it.other_bubble = 0xffffff, it.other_bubble_text = 0x1c2128;
  it.online = 0x25b864, it.away = 0xf0a020, it.busy = 0xe0454f, it.offline = 0xa9b1bb;
  it.banner_top = 0x1b7fe6, it.banner_bottom = 0x0a5cb5;
  it.field = 0xffffff, it.field_line = 0xc9d0d9;
  return it;
}

Look dark_look() {
  Look it;
  it.is_dark = true;
  it.window = 0x191b1f, it.panel = 0x1f2226, it.raised = 0x2a2e34;
  it.hover = 0x292d33, it.selected = 0x26405f, it.line = 0x34393f;
  it.text = 0xe7eaee, it.faint_text = 0x9aa3ae, it.accent = 0x2474d6, it.accent_text = 0xffffff;
  it.link = 0x72b6ff, it.warning = 0xf0b45a, it.danger = 0xff7a80, it.good = 0x5ccf8b;
  it.own_bubble = 0x2266bd, it.own_bubble_text = 0xffffff, it.other_bubble = 0x2f343b, it.other_bubble_text = 0xe7eaee;
  it.online = 0x2fc46f, it.away = 0xf0a93a, it.busy = 0xf0616a, it.offline = 0x717a85;
  it.banner_top = 0x24476f, it.banner_bottom = 0x1b2f4a;
  it.field = 0x24282d, it.field_line = 0x444b54;
  return it;
}

Look& present() {
  static Look it = light_look();
  return it;
}

QPalette palette_of(const Look& it) {
  QPalette palette;
  palette.setColor(QPalette::Window, it.window);
  palette.setColor(QPalette::WindowText, it.text);
  palette.setColor(QPalette::Base, it.panel);
  palette.setColor(QPalette::AlternateBase, it.hover);
  palette.setColor(QPalette::Text, it.text);
  palette.setColor(QPalette::PlaceholderText, it.faint_text);
  palette.setColor(QPalette::Button, it.raised);
  palette.setColor(QPalette::ButtonText, it.text);
  palette.setColor(QPalette::Highlight, it.accent);
  palette.setColor(QPalette::HighlightedText, it.accent_text);
  palette.setColor(QPalette::Link, it.link);
  palette.setColor(QPalette::ToolTipBase, it.raised);
  palette.setColor(QPalette::ToolTipText, it.text);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
    palette.setColor(QPalette::Disabled, role, it.faint_text);
  }
  return palette;
}

}  // namespace

const Look& look() {
  return present();
}

void set_look(bool is_dark, int text_percent) {
  keep_labels_plain();
  load_resources();
  system_is_dark();  // before the palette is ours
  present() = is_dark ? dark_look() : light_look();
  present().text_percent = std::clamp(text_percent, 80, 200);
  if (QApplication::style()->name() != QLatin1String("fusion")) QApplication::setStyle(QStyleFactory::create("Fusion"));
  QApplication::setPalette(palette_of(look()));
  QApplication::setFont(text_font());
  qApp->setStyleSheet(style_sheet(look()));
}

QFont text_font(int points_at_100, bool is_bold) {
  QFont font;
  // The first has Chinese and Latin letters; were the second not named, Debian would pick black and white emoji.
  font.setFamilies({QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Noto Color Emoji")});
  font.setPointSizeF(points_at_100 * look().text_percent / 100.0);
  if (is_bold) font.setWeight(QFont::DemiBold);
  return font;
}

bool system_is_dark() {
  static const bool is_dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
  return is_dark;
}

void set_kind(QWidget& widget, const char* kind) {
  widget.setProperty("kind", QString::fromLatin1(kind));
  widget.style()->unpolish(&widget);
  widget.style()->polish(&widget);
  widget.update();
}

int scaled(int pixels_at_100) {
  return std::max(pixels_at_100 * look().text_percent / 100, pixels_at_100 * 9 / 10);
}

}  // namespace queqiao::client
