// As qt.h, for QTest programs; not <QTest>, which reads macros of each folder.
#include "cmake/precompiled/qt.h"
