#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

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

}  // namespace queqiao::client
