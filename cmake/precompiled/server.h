// As standard.h, for the server and its modules: nearly every file of theirs includes these.
#include "cmake/precompiled/standard.h"
#include "server/module.h"
#include "server/router.h"
#include "xmpp/xep/payload.h"
