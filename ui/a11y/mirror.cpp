#include "ui/a11y/mirror.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "ui/a11y/json_text.h"

namespace arietta::ui {
namespace {

constexpr const char* kRoles[] = {
    "button", "checkbox", "slider", "spinbutton", "textbox", "combobox", "list", "listitem", "listbox", "option",
    "grid", "row", "gridcell", "dialog", "group", "toolbar", "img", "status", "heading",
};

ItemId hash_id(ItemId parent, std::string_view key, int repeat) {
  return ItemId(Hash64().number(parent).text(key).number(uint64_t(repeat)).value()) | 1;   // never 0
}

}  // namespace

void Mirror::begin_frame() {
  now_.clear();
  open_.clear();
  seen_.clear();
}

ItemId Mirror::place(Item& item) {
  item.parent = open_.empty() ? 0 : open_.back();
  if (!item.id) {
    const ItemId first = hash_id(item.parent, item.key.empty() ? item.name : item.key, 0);
    const int repeat = seen_[first]++;
    item.id = repeat ? hash_id(item.parent, item.key.empty() ? item.name : item.key, repeat) : first;
  }
  const ItemId id = item.id;
  now_.push_back(std::move(item));
  return id;
}

ItemId Mirror::id_of(std::string_view key) const {
  const ItemId parent = open_.empty() ? 0 : open_.back();
  const ItemId first = hash_id(parent, key, 0);
  const auto it = seen_.find(first);
  return it == seen_.end() || it->second == 0 ? first : hash_id(parent, key, it->second);
}

ItemId Mirror::open(Item item) {
  const ItemId id = place(item);
  open_.push_back(id);
  return id;
}

ItemId Mirror::open(Role role, std::string_view name, Rect rect, std::string_view key) {
  Item item;
  item.role = role, item.name = name, item.rect = rect, item.key = key;
  return open(std::move(item));
}

void Mirror::close() { open_.pop_back(); }

Act Mirror::take_act(ItemId id) {
  const auto it = acts_.find(id);
  if (it == acts_.end()) return {};
  Act act = std::move(it->second.front());
  it->second.erase(it->second.begin());
  if (it->second.empty()) acts_.erase(it);
  return act;
}

Act Mirror::add(Item item) { return take_act(place(item)); }

bool Mirror::button(std::string_view name, Rect rect, bool disabled, int pressed, std::string_view key,
                    std::string_view help) {
  Item item;
  item.role = Role::kButton, item.name = name, item.rect = rect, item.disabled = disabled;
  item.checked = int8_t(pressed), item.key = key, item.help = help;
  return add(std::move(item)).kind == ActKind::kPress && !disabled;
}

bool Mirror::checkbox(std::string_view name, Rect rect, bool checked) {
  Item item;
  item.role = Role::kCheckbox, item.name = name, item.rect = rect, item.checked = checked;
  const Act act = add(std::move(item));
  return act.kind == ActKind::kPress || (act.kind == ActKind::kSetValue && (act.value != 0) != checked);
}

bool Mirror::slider(std::string_view name, Rect rect, double& value, double min, double max, double step,
                    std::string_view words, Role role) {
  Item item;
  item.role = role, item.name = name, item.rect = rect, item.text = words;
  item.value = value, item.min = min, item.max = max, item.step = step;
  const Act act = add(std::move(item));
  double wanted = value;
  if (act.kind == ActKind::kSetValue) wanted = act.value;
  if (act.kind == ActKind::kIncrement) wanted += step;
  if (act.kind == ActKind::kDecrement) wanted -= step;
  if (std::isnan(wanted)) return false;
  wanted = std::clamp(wanted, min, max);
  if (wanted == value) return false;
  value = wanted;
  return true;
}

bool Mirror::textbox(std::string_view name, Rect rect, std::string& text) {
  Item item;
  item.role = Role::kTextbox, item.name = name, item.rect = rect, item.text = text;
  const Act act = add(std::move(item));
  if (act.kind != ActKind::kSetText || act.text == text) return false;
  text = act.text;
  return true;
}

bool Mirror::combobox(std::string_view name, Rect rect, const std::vector<std::string>& options, int& chosen) {
  Item item;
  item.role = Role::kComboBox, item.name = name, item.rect = rect, item.options = options, item.value = chosen;
  if (chosen >= 0 && size_t(chosen) < options.size()) item.text = options[size_t(chosen)];
  const Act act = add(std::move(item));
  int wanted = chosen;
  if (act.kind == ActKind::kSetValue) wanted = int(act.value);
  if (act.kind == ActKind::kSetText) {
    const auto it = std::find(options.begin(), options.end(), act.text);
    if (it != options.end()) wanted = int(it - options.begin());
  }
  if (wanted == chosen || wanted < 0 || size_t(wanted) >= options.size()) return false;
  chosen = wanted;
  return true;
}

void Mirror::end_frame() {
  // What was asked of an item that is no longer there cannot be answered.
  for (auto it = acts_.begin(); it != acts_.end();) {
    const ItemId id = it->first;
    const bool there = std::any_of(now_.begin(), now_.end(), [id](const Item& item) { return item.id == id; });
    it = there ? std::next(it) : acts_.erase(it);
  }
  if (now_ != before_) differs_ = true;
  std::swap(now_, before_);
}

const Item* Mirror::find(ItemId id) const {
  const auto it = std::find_if(before_.begin(), before_.end(), [id](const Item& item) { return item.id == id; });
  return it == before_.end() ? nullptr : &*it;
}

void Mirror::json_of(std::string& out, const Item& item) const {
  JsonText json(out);
  json.open_object();
  json.member("id", item.id);
  json.member("parent", item.parent);
  json.member("role", kRoles[int(item.role)]);
  json.member("name", item.name);
  json.key("rect").open_array();
  for (float v : {item.rect.x, item.rect.y, item.rect.w, item.rect.h}) json.number(std::round(v * scale_ * 10) / 10);
  json.close_array();
  if (!item.text.empty() || item.role == Role::kTextbox) json.member("text", item.text);
  if (item.min != 0 || item.max != 1 || item.value != 0 || item.step != 0) {
    json.member("value", item.value).member("min", item.min).member("max", item.max).member("step", item.step);
  }
  if (!item.options.empty()) {
    json.key("options").open_array();
    for (const std::string& option : item.options) json.text(option);
    json.close_array();
  }
  if (item.checked >= 0) json.member("checked", item.checked == 1);
  if (item.selected >= 0) json.member("selected", item.selected == 1);
  if (item.expanded >= 0) json.member("expanded", item.expanded == 1);
  if (item.disabled) json.member("disabled", true);
  if (item.row >= 0) json.member("row", item.row);
  if (item.column >= 0) json.member("column", item.column);
  if (!item.help.empty()) json.member("help", item.help);
  json.close_object();
}

std::string Mirror::take_changes() {
  if (!has_changes()) return {};
  std::string out;
  JsonText json(out);
  json.open_object();
  if (differs_) {
    std::unordered_map<ItemId, Item> known;
    std::vector<ItemId> order;
    std::string set;
    for (const Item& item : before_) {
      order.push_back(item.id);
      const auto it = known_.find(item.id);
      if (it == known_.end() || !(it->second == item)) {
        if (!set.empty()) set += ',';
        json_of(set, item);
      }
      known.emplace(item.id, item);
    }
    if (!set.empty()) json.key("set").raw("[" + set + "]");
    std::string gone;
    for (const auto& [id, item] : known_) {
      if (known.count(id)) continue;
      gone += (gone.empty() ? "" : ",") + std::to_string(id);
      if (focused_ == id) focused_ = keyboard_focus_ = 0;
    }
    if (!gone.empty()) json.key("gone").raw("[" + gone + "]");
    if (order != known_order_) {
      json.key("order").open_array();
      for (ItemId id : order) json.number(id);
      json.close_array();
    }
    known_ = std::move(known);
    known_order_ = std::move(order);
    differs_ = false;
  }
  if (!say_.empty()) {
    json.member("say", say_);
    if (say_urgent_) json.member("urgent", true);
    say_.clear();
    say_urgent_ = false;
  }
  if (focus_) json.member("focus", focus_);
  focus_ = 0;
  json.close_object();
  return out;
}

void Mirror::act(ItemId id, Act what) {
  const bool there = std::any_of(before_.begin(), before_.end(), [id](const Item& item) { return item.id == id; });
  if (!there) return;
  if (what.kind == ActKind::kFocus) {
    focused_ = id;
    keyboard_focus_ = what.value != 0 ? id : 0;
  }
  if (what.kind == ActKind::kBlur && focused_ == id) focused_ = keyboard_focus_ = 0;
  std::vector<Act>& queue = acts_[id];
  // A dragged slider sends many values between two frames; the last one counts.
  const bool replaces = what.kind == ActKind::kSetValue || what.kind == ActKind::kSetText;
  if (replaces && !queue.empty() && queue.back().kind == what.kind) queue.back() = std::move(what);
  else queue.push_back(std::move(what));
}

void Mirror::say(std::string_view words, bool urgent) {
  if (say_urgent_ && !urgent) return;
  say_ = words;
  say_urgent_ = urgent;
}

void Mirror::focus(ItemId id) { focus_ = id; }

void Mirror::forget() {
  known_.clear();
  known_order_.clear();
  differs_ = true;
}

}  // namespace arietta::ui
