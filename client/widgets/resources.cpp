#include "client/widgets/resources.h"

#include <QtGlobal>

// The macro has to stand outside of all namespaces.
static void register_resources() {
  Q_INIT_RESOURCE(queqiao);
}

namespace queqiao::client {

void load_resources() {
  static const bool is_done = (register_resources(), true);
  Q_UNUSED(is_done);
}

}  // namespace queqiao::client
