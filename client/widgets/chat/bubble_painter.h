#pragma once

#include <QPainter>

#include "client/widgets/chat/bubble_delegate.h"

namespace queqiao::client {

// Paints one message at the painter's origin. Short-lived: made for one row.
class BubblePainter {
 public:
  BubblePainter(QPainter& painter, const Message& message, const BubbleLayout& layout, const BubbleView& view,
                const People& people);

  void paint_row(int width, bool has_focus);
  void paint_picture(const QPixmap& picture, const std::optional<Transfer>& transfer, bool is_broken);
  void paint_file(const std::optional<Transfer>& transfer);

 private:
  void paint_day(int width);
  void paint_unread(int width);
  void paint_notice();
  void paint_bubble();
  void paint_quote();
  void paint_stamp();
  void paint_game();
  void paint_game_link(const QRectF& place, BubblePart part, const QString& text);
  void paint_reactions();
  void paint_failure();
  void paint_check();
  void paint_progress(const QRectF& place, const Transfer& transfer);
  void paint_overlay(const QRectF& place, const QString& icon_name, const std::optional<Transfer>& transfer);
  bool is_hovered(BubblePart part, int index = -1) const;

  QPainter& painter_;
  const Message& message_;
  const BubbleLayout& layout_;
  const BubbleView& view_;
  const People& people_;
  bool is_own_;
};

}  // namespace queqiao::client
