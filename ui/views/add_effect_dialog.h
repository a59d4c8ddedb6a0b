// Every effect there is, in plain words and by what it is for; the one that is chosen goes to the end of the chain.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_add_effect_dialog(App& app);

}  // namespace arietta::ui
