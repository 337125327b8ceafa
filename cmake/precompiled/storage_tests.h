// As tests.h, for the tests of stores.
#include "cmake/precompiled/tests.h"
#include "tests/storage/store_fixture.h"
