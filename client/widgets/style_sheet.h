#pragma once

#include <QString>

#include "client/widgets/theme.h"

namespace queqiao::client {

// The application's style sheet, on top of Fusion.
QString style_sheet(const Look& look);

}  // namespace queqiao::client
