// As tests.h, for the tests of the server and its modules.
#include "cmake/precompiled/tests.h"
#include "tests/server/test_server.h"
