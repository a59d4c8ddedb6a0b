// "About this model": the model card, one tap from the buttons that use the model.   [main]
#pragma once
#include "ui/app.h"

namespace arietta::ui {

void draw_about_model(App& app);

}  // namespace arietta::ui
