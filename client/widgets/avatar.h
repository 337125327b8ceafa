#pragma once

#include <QImage>
#include <QPainter>
#include <QPixmap>
#include <QRectF>
#include <QString>

#include "client/core/status.h"

namespace queqiao::client {

// Draws a round avatar; without an image, a coloured disc with the name's first character, the same for the same JID.
// Offline people are grey. The only place that draws avatars.
void draw_avatar(QPainter& painter, const QRectF& place, const QImage& image, const QString& jid, const QString& name,
                 Status status);
void draw_status_dot(QPainter& painter, const QRectF& avatar_place, Status status);
QPixmap avatar_pixmap(int side, const QImage& image, const QString& jid, const QString& name, Status status);

}  // namespace queqiao::client
