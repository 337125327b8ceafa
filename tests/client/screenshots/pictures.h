#pragma once

#include "tests/client/screenshots/album.h"

// Each paints windows in the present language and look.
namespace queqiao::client::test {

void paint_main_windows(const Album& album);  // of tests/client/widgets/main/window_list.cpp
void paint_chat_windows(const Album& album);
void paint_game_windows(const Album& album);

}  // namespace queqiao::client::test
