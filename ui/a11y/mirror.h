// The list of everything a person can reach on the screen this frame, for the DOM mirror: screen readers, voice
// control, keyboards, tests and embedding pages see and press these items instead of pixels.
//
// Views call one function beside each widget they draw. After the frame the list is compared with the last one and
// only differences go to the page (at most ten times a second), as JSON:
//   {"set":[{"id":7,"parent":3,"role":"button","name":"Play","rect":[x,y,w,h],…}],"gone":[3],
//    "order":[3,7,…],"say":"Note C4 added","urgent":true,"focus":12}
// An item in "set" is whole; fields at their default are left out: text, value min max step (together), options,
// checked, selected, expanded (true or false), disabled, row, column, help. "order" lists all ids in reading order and
// is there whenever an item came, went or moved. Parent 0 is the page.
// What a person does in the mirror comes back as act() and is asked for by the same view in the next frame, so both
// paths run the same code. Views give rectangles in units; the page gets CSS pixels.   All [main].
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/types.h"

namespace arietta::ui {

using ItemId = uint32_t;              // stable across frames: a hash of the place in the tree and the name

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  bool operator==(const Rect&) const = default;
};

enum class Role : uint8_t {
  kButton, kCheckbox, kSlider, kSpinButton, kTextbox, kComboBox, kList, kListItem, kListBox, kOption, kGrid, kRow,
  kGridCell, kDialog, kGroup, kToolbar, kImage, kStatus, kHeading,
};

struct Item {
  ItemId id = 0, parent = 0;
  Role role = Role::kButton;
  std::string name;
  Rect rect;
  std::string text;                   // value as words ("minus 6 decibels"), textbox content, combobox choice
  double value = 0, min = 0, max = 1, step = 0;
  std::vector<std::string> options;   // combobox
  int8_t checked = -1;                // -1: has no such state
  int8_t selected = -1;
  int8_t expanded = -1;
  bool disabled = false;
  int row = -1, column = -1;          // gridcell
  std::string help;                   // one line more than the name: why it is disabled, what a key does
  std::string key;                    // what makes the id when the name changes (Play, Pause); "" = the name
  bool operator==(const Item&) const = default;
};

// What the mirror asked for. kSetText also comes when a person types into the overlay of a textbox.
// kFocus has value 1 when the focus came from the keyboard, so that the screen draws a ring.
enum class ActKind : uint8_t { kNone, kPress, kSetValue, kSetText, kIncrement, kDecrement, kFocus, kBlur };
struct Act {
  ActKind kind = ActKind::kNone;
  double value = 0;
  std::string text;
};

class Mirror {
 public:
  void begin_frame();
  // Opens a container (list, listitem, dialog, grid, row, toolbar, group); items until close() are its children.
  ItemId open(Role role, std::string_view name, Rect rect, std::string_view key = {});
  ItemId open(Item item);
  void close();
  // Adds an item and hands over the oldest thing the mirror asked of it.
  Act add(Item item);
  // Shorthands; the rect is the widget's.
  bool button(std::string_view name, Rect rect, bool disabled = false, int pressed = -1,
              std::string_view key = {}, std::string_view help = {});                            // true: pressed in the mirror
  bool checkbox(std::string_view name, Rect rect, bool checked);                                 // true: toggled in the mirror
  bool slider(std::string_view name, Rect rect, double& value, double min, double max, double step,
              std::string_view words, Role role = Role::kSlider);                                // true: value changed
  bool textbox(std::string_view name, Rect rect, std::string& text);                             // true: text changed
  bool combobox(std::string_view name, Rect rect, const std::vector<std::string>& options, int& chosen);
  void end_frame();

  bool has_changes() const { return differs_ || !say_.empty() || focus_; }
  // The JSON of all differences since the last call; "" when there are none.
  std::string take_changes();
  // From the page. Unknown ids are ignored: the item may be gone already.
  void act(ItemId id, Act what);
  void say(std::string_view words, bool urgent = false);   // live region; last one wins within a frame
  void focus(ItemId id);                                   // moves DOM focus, e.g. into a dialog
  // Sends everything again, after the page lost its mirror.
  void forget();
  ItemId id_of(std::string_view key) const;                // under the container open now
  Act take_act(ItemId id);                                 // for containers: open() gives the id
  bool has_acts() const { return !acts_.empty(); }         // a frame is needed to answer them
  const std::vector<Item>& items() const { return before_; }   // of the last finished frame
  const Item* find(ItemId id) const;                       // there
  ItemId keyboard_focus() const { return keyboard_focus_; }    // 0: nothing needs a ring
  bool has_focus(ItemId id) const { return focused_ == id; }
  ItemId focused() const { return focused_; }
  void set_scale(float css_per_unit) { scale_ = css_per_unit; }

 private:
  void json_of(std::string& out, const Item& item) const;
  ItemId place(Item& item);                                // gives it its id and appends it

  std::vector<Item> now_, before_;
  std::vector<ItemId> open_;
  std::unordered_map<ItemId, std::vector<Act>> acts_;
  std::unordered_map<ItemId, Item> known_;                 // what the page has
  std::string say_;
  bool say_urgent_ = false;
  ItemId focus_ = 0, focused_ = 0, keyboard_focus_ = 0;
  std::vector<ItemId> known_order_;
  std::unordered_map<ItemId, int> seen_;                   // how often an id was made this frame
  float scale_ = 1;
  bool differs_ = false;
};

}  // namespace arietta::ui
