// Everything that can be done by name: by keys (keys.h), by scripts (window.arietta, ui_command) and by tests.   [main]
#pragma once
#include <string_view>

#include "ui/app.h"
#include "ui/i18n/text.h"

namespace arietta::ui {

struct Command {
  std::string_view name;         // stable: key maps that people changed refer to it
  Text words;                    // in the list of keys
  std::string_view keys;         // default, as keys.h writes them; several are separated by a space
  void (*run)(App&);
  bool in_dialogs = false;       // also while a dialog is open
};

span<const Command> commands();

// A command, or one of the page's own requests that carry something (preferences, notice, soundfont, tempo, seek).
// False: there is no such command.
bool run_command(App& app, std::string_view name, std::string_view json = {});

}  // namespace arietta::ui
