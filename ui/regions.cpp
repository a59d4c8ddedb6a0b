#include "ui/regions.h"

#include <algorithm>

namespace arietta::ui {
namespace {

bool can_have_focus(const Item& item) {
  switch (item.role) {
    case Role::kButton: case Role::kCheckbox: case Role::kSlider: case Role::kSpinButton: case Role::kTextbox:
    case Role::kComboBox: case Role::kGridCell: case Role::kOption: return !item.disabled;
    default: return false;
  }
}

struct Region { ItemId id; ItemId first; };        // a container of the page and the first thing in it

}  // namespace

void focus_next_region(App& app, int direction) {
  const std::vector<Item>& items = app.mirror().items();
  std::vector<Region> regions;
  std::unordered_map<ItemId, ItemId> region_of;    // items come after their parents
  int current = -1;
  for (const Item& item : items) {
    const ItemId region = item.parent ? region_of[item.parent] : item.id;
    region_of[item.id] = region;
    if (!item.parent) regions.push_back({item.id, 0});
    const auto it = std::find_if(regions.begin(), regions.end(), [&](const Region& r) { return r.id == region; });
    if (it == regions.end()) continue;
    // In the grid the focus belongs on the cursor, which is the selected cell.
    const bool better = !it->first || (item.role == Role::kGridCell && item.selected == 1);
    if (can_have_focus(item) && better) it->first = item.id;
    if (app.mirror().has_focus(item.id)) current = int(it - regions.begin());
  }
  const int count = int(regions.size());
  for (int step = 1; step <= count; ++step) {
    const int at = ((current < 0 && direction > 0 ? -1 : std::max(current, 0)) + direction * step + count * 2) % count;
    if (!regions[size_t(at)].first) continue;
    app.mirror().focus(regions[size_t(at)].first);
    app.touch_screen();
    return;
  }
}

}  // namespace arietta::ui
