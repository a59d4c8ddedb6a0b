#include "core/assets.h"

#include <cstring>

#include "plan/bank_check.h"

namespace arietta {

void Assets::begin(uint32_t id, uint32_t bytes) {
  if (Asset* before = find(id)) forget(*before);
  Asset* place = id ? find(0) : nullptr;
  const MutableBytes memory = place ? pool_.take(bytes) : MutableBytes{};
  if (memory.empty()) return refuse(id, AssetRefusal::kNoRoom);
  *place = {id, bytes, 0, false, false, memory};
}

void Assets::receive(uint32_t id, uint32_t offset, Bytes data) {
  Asset* asset = id ? find(id) : nullptr;
  if (!asset || asset->ready) return;                  // already refused, or finished
  if (offset != asset->received) {
    asset->broken = true;
    return;
  }
  const size_t left = asset->bytes - asset->received;
  const size_t count = data.size() < left ? data.size() : left;
  if (count) std::memcpy(asset->memory.data() + offset, data.data(), count);
  asset->received += uint32_t(count);
}

void Assets::end(uint32_t id) {
  Asset* asset = id ? find(id) : nullptr;
  if (!asset || asset->ready) return;
  const Bytes bytes = asset->memory.first(asset->bytes);
  const bool whole = !asset->broken && asset->received == asset->bytes;
  const AssetRefusal why = !whole              ? AssetRefusal::kBadTransfer
                           : !check_bank(bytes) ? AssetRefusal::kBadBank
                                                : AssetRefusal::kNone;
  if (why != AssetRefusal::kNone) {
    forget(*asset);
    return refuse(id, why);
  }
  asset->ready = true;
  lend(id, bytes);
  outbox_.put(Message::asset_ready, id);
}

void Assets::drop(uint32_t id) {
  if (Asset* asset = id ? find(id) : nullptr) forget(*asset);
}

AssetView Assets::view(uint32_t id) const {
  for (const Asset& asset : assets_)
    if (id && asset.id == id && asset.ready) return asset.memory.first(asset.bytes);
  return {};
}

Assets::Asset* Assets::find(uint32_t id) {
  for (Asset& asset : assets_)
    if (asset.id == id) return &asset;
  return nullptr;
}

// The nodes let go before the memory does.
void Assets::forget(Asset& asset) {
  if (asset.ready) lend(asset.id, {});
  pool_.give_back(asset.memory);
  asset = {};
}

void Assets::lend(uint32_t id, AssetView view) {
  for (Node* node : nodes_.living())
    if (node->asset == id) node->device->set_asset(view);
}

void Assets::refuse(uint32_t id, AssetRefusal why) {
  outbox_.put(Message::asset_refused, AssetRefusedPayload{id, uint32_t(why)});
}

}  // namespace arietta
