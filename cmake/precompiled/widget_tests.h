// As widgets.h, for QTest programs of windows.
#include "cmake/precompiled/widgets.h"
