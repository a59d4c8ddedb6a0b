#include "host/page_packets.h"

#include <algorithm>
#include <cstring>

#include "base/bytes.h"

namespace arietta {
namespace {

// A packet of one frame: a payload head and bytes behind it.
template <class Head>
void add_packet(ByteWriter& out, uint32_t& seq, Message type, const Head& head, Bytes rest = {}) {
  std::vector<uint8_t> packet(sizeof(FrameHeader) * 2 + sizeof(PacketPayload) + sizeof head + rest.size() + kFramePadding);
  FrameWriter writer(packet);
  writer.start_at(seq);
  seq += 2;
  writer.put(Message::packet, PacketPayload{1, 0});
  const MutableBytes place = writer.add(type, sizeof head + rest.size());
  std::memcpy(place.data(), &head, sizeof head);
  std::copy(rest.begin(), rest.end(), place.begin() + sizeof head);
  out.u32(uint32_t(writer.bytes().size()));
  out.raw(writer.bytes());
}

}  // namespace

std::vector<uint8_t> page_packets(const Document& document, const std::vector<OfflineAsset>& assets) {
  ByteWriter out;
  uint32_t seq = 0;
  CompileOptions options;
  for (const OfflineAsset& asset : assets) {
    options.ready_assets.insert(asset.id);
    const Bytes bank = asset.bank;
    add_packet(out, seq, Message::asset_begin, AssetBeginPayload{asset.id, uint32_t(bank.size())});
    for (size_t at = 0; at < bank.size(); at += kMaxAssetSlice)
      add_packet(out, seq, Message::asset_data, AssetDataPayload{asset.id, uint32_t(at)},
                 bank.subspan(at, std::min(kMaxAssetSlice, bank.size() - at)));
    add_packet(out, seq, Message::asset_end, asset.id);
  }
  const std::vector<uint8_t> plan = plan_packet(PlanCompiler().compile(document, options), {}, seq);
  out.u32(uint32_t(plan.size()));
  out.raw(plan);
  return out.release();
}

}  // namespace arietta
