#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QWidget>

namespace queqiao::client {

// Every colour and measure of the client, light and dark: the one place to change its look. Pixels are device
// independent.
struct Look {
  bool is_dark = false;
  QColor window, panel, raised;  // background of windows, of lists, of cards and menus
  QColor hover, selected, line;  // rows under the mouse, chosen rows, separators
  QColor text, faint_text, accent, accent_text, link, warning, danger, good;
  QColor own_bubble, own_bubble_text, other_bubble, other_bubble_text;
  QColor online, away, busy, offline;  // status dots
  QColor banner_top, banner_bottom;    // the gradient behind one's own name, and of the log-in window
  QColor field, field_line;            // where people type
  int text_percent = 100;              // the text size setting

  int gap = 8;          // between things; multiples of it elsewhere
  int radius = 8;       // of cards; bubbles have 10, avatars are round
  int row_height = 56;  // of a friend or a recent chat
  int avatar = 40;      // in lists; 36 beside bubbles, 64 in headers, 96 on cards
};

const Look& look();  // the present one
void set_look(
    bool is_dark,
    int text_percent);  // changes the application's palette, font and style sheet; views repaint by themselves
QFont text_font(int points_at_100 = 10,
                bool is_bold = false);  // Noto Sans CJK SC, then Noto Color Emoji: colour emoji on Debian

// What the desktop had before the first set_look().
bool system_is_dark();

// A variant that the style sheet knows: of labels "title", "heading", "faint", "error", "good"; of buttons "primary",
// "danger", "link"; of any widget "card", "panel", "banner". May be changed at any time.
void set_kind(QWidget& widget, const char* kind);

// A length that grows with the text size setting, for rows that hold text.
int scaled(int pixels_at_100);

}  // namespace queqiao::client
