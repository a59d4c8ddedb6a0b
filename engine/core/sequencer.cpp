#include "core/sequencer.h"

#include <cmath>

namespace arietta {
namespace {

constexpr Tick kForever = int64_t(1) << 40;
constexpr int kShortestLoop = 2 * kMaxBlock;      // frames: at most one turn a block
constexpr float kAccent = 1.0f, kBeat = 0.6f;     // velocities of the metronome's two clicks
constexpr double kLookAhead_s = 4;                // of recorded sound: longer than a page stalls
constexpr size_t kLooksAtOnce = kMaxTracks / 16;  // every track in 16 blocks, 10 ms
constexpr uint8_t kAccentKey = 76, kBeatKey = 77; // General MIDI high and low wood block

}  // namespace

bool Sequencer::prepare(float sample_rate, Arena& arena) {
  sample_rate_ = sample_rate;
  players_ = arena.array<Player>(kMaxTracks);
  return clock_.prepare(arena) && !players_.empty();
}

void Sequencer::play() {
  if (playing_) return;
  if (resting_tick_ >= double(length_) && !loop_.on) resting_tick_ = 0;
  playing_ = true;
  ended_ = false;
  anchor_at(resting_tick_);
  start_tracks(first_unplayed(resting_tick_), 0);
  for (Player& player : players_) player.resume(0);
}

void Sequencer::stop(bool rewind) {
  if (playing_) {
    resting_tick_ = tick_at_frame(block_start_);
    playing_ = false;
    for (Player& player : players_) player.release(0);
  }
  if (rewind) resting_tick_ = 0;
}

void Sequencer::seek(Tick tick) {
  const Tick place = tick < 0 ? 0 : tick > kForever ? kForever : tick;
  resting_tick_ = double(place);
  if (!playing_) return;
  for (Player& player : players_) player.release(0);
  anchor_at(resting_tick_);
  start_tracks(place, 0);
  for (Player& player : players_) player.resume(0);
}

void Sequencer::set_loop(bool on, Tick start, Tick end) {
  const bool sensible = start >= 0 && start < end && end <= kForever;
  loop_ = {on, sensible ? start : 0, sensible ? end : 0};
}

void Sequencer::set_tempo_preview(double quarters_per_minute) {
  const double tick = tick_at_frame(block_start_);
  const bool sensible = quarters_per_minute >= 1 && quarters_per_minute <= 10000;
  clock_.set_preview(sensible ? quarters_per_minute : 0);
  if (playing_) anchor_at(tick);
}

void Sequencer::set_metronome(bool on) { metronome_on_ = on; }

void Sequencer::forget_notes() {
  for (Player& player : players_) player.forget();
}

void Sequencer::adopt(const PlanView& plan, span<const Part> parts, Node* metronome) {
  const double tick = tick_at_frame(block_start_);
  has_plan_ = true;
  clock_.set_preview(0);
  clock_.set_map(plan.tempos());
  beats_.set_map(plan.meters());
  length_ = plan.head().length;
  plan_loop_start_ = plan.head().loop_start;
  plan_loop_end_ = plan.head().loop_end;
  metronome_ = metronome;
  if (playing_) anchor_at(tick);
  // At rest the controllers of the tick the song stands on count too: live playing sounds as the song would.
  const Tick next = playing_ ? first_unplayed(tick) : Tick(std::ceil(tick)) + 1;

  // A player stays with its track when others come, go or move.
  for (Player& player : players_) {
    bool stays = false;
    for (const Part& part : parts) stays = stays || part.track == player.track;
    if (!stays) player = Player();
  }
  for (size_t place = 0; place < parts.size(); ++place) {
    const Part& part = parts[place];
    Player& player = player_of(part.track);
    player.track = part.track;
    player.clips.adopt(part.clips, part.instrument);
    const bool another_instrument = player.adopt(part.events, part.instrument, next);
    if (another_instrument && playing_) player.resume(0);
  }
  beats_.seek(next);
}

void Sequencer::run_block(int frames) {
  const int64_t end = block_start_ + frames;
  if (playing_ && has_plan_) {
    const Loop loop = current_loop();
    const bool before_loop_end = loop.on && frame_of(loop.end) >= block_start_;
    if (before_loop_end) {
      const int64_t turn_frame = frame_of(loop.end);
      play_until(loop.end, end);
      play_clips(block_start_, turn_frame < end ? turn_frame : end);
      if (turn_frame < end) {
        turn_loop(loop, turn_frame);
        play_until(kForever, end);
        play_clips(turn_frame, end);
      }
    } else {
      play_until(length_, end);
      play_clips(block_start_, frame_of(length_) < end ? frame_of(length_) : end);
      if (frame_of(length_) < end) end_song(frame_of(length_));
    }
  }
  block_start_ = end;
}

bool Sequencer::take_song_ended() {
  const bool ended = ended_;
  ended_ = false;
  return ended;
}

double Sequencer::tick_at_frame(int64_t frame) const {
  if (!playing_ || !has_plan_) return resting_tick_;
  const Anchor& from = double(frame) < anchor_.frame ? previous_ : anchor_;
  return clock_.tick_at(from.seconds + (double(frame) - from.frame) / sample_rate_);
}

double Sequencer::quarters_per_minute() const {
  return clock_.quarters_per_minute_at(tick_at_frame(block_start_));
}

void Sequencer::anchor_at(double tick) {
  anchor_ = {double(block_start_), clock_.seconds_at(tick)};
  previous_ = anchor_;
  for (Player& player : players_) player.clips.jump();
}

int64_t Sequencer::frame_of(Tick tick) const {
  return std::llround(anchor_.frame + (clock_.seconds_at(double(tick)) - anchor_.seconds) * sample_rate_);
}

// An event half a frame before the block belongs to the block's first frame, so it may lie before `tick`.
Tick Sequencer::first_unplayed(double tick) const {
  Tick next = Tick(std::ceil(tick));
  while (next > 0 && frame_of(next - 1) >= block_start_) --next;
  return next;
}

Sequencer::Loop Sequencer::current_loop() const {
  Loop loop = loop_;
  if (loop.start == loop.end) loop = {loop.on, plan_loop_start_, plan_loop_end_};
  if (loop.start == loop.end) loop = {loop.on, 0, length_};
  const double seconds = clock_.seconds_at(double(loop.end)) - clock_.seconds_at(double(loop.start));
  loop.on = loop.on && seconds * sample_rate_ >= kShortestLoop;
  return loop;
}

// The track's own player, or one that is not in use: there are as many as a plan may have tracks.
Sequencer::Player& Sequencer::player_of(uint32_t track) {
  Player* unused = nullptr;
  for (Player& player : players_) {
    if (player.track == track) return player;
    if (player.track == 0) unused = &player;
  }
  return *unused;
}

void Sequencer::start_tracks(Tick next, int frame) {
  for (Player& player : players_) {
    player.seek(next);
    player.chase(frame);
  }
  beats_.seek(next);
}

void Sequencer::play_until(Tick end_tick, int64_t end_frame) {
  // A quick look decides for most events; the exact frame for those near the edge.
  const double horizon =
      clock_.tick_at(anchor_.seconds + (double(end_frame) - anchor_.frame) / sample_rate_) + 1;
  const auto due = [&](Tick tick) {
    return tick < end_tick && double(tick) <= horizon && frame_of(tick) < end_frame;
  };
  const auto offset = [&](Tick tick) {                       // an event kept back by a full block is due at once
    const int64_t frame = frame_of(tick) - block_start_;
    return int(frame < 0 ? 0 : frame);
  };
  for (Player& player : players_)
    while (const PlanEvent* event = player.next())
      if (!due(event->tick) || !player.take(offset(event->tick))) break;
  for (; metronome_ && due(beats_.beat()); beats_.advance()) {
    if (!metronome_on_) continue;
    const bool accent = beats_.accent();
    metronome_->push({++clicks_, accent ? kAccent : kBeat, NoteEventType::kNoteOn, accent ? kAccentKey : kBeatKey,
                      uint8_t(offset(beats_.beat()))});
  }
}

void Sequencer::play_clips(int64_t from_frame, int64_t end_frame) {
  const int from = int(from_frame > block_start_ ? from_frame - block_start_ : 0);
  for (Player& player : players_) player.clips.run(song_frames(), block_start_, from, int(end_frame - block_start_));
}

// While a loop is about to turn, what comes after the turn is looked at as well.
void Sequencer::look_ahead(AudioBlocks& blocks) {
  const double here = playing_ ? anchor_.seconds + (double(block_start_) - anchor_.frame) / sample_rate_
                               : clock_.seconds_at(resting_tick_);
  const double horizon = here + kLookAhead_s;
  const Loop loop = current_loop();
  const double turn = loop.on ? clock_.seconds_at(double(loop.end)) : horizon;
  const double again = clock_.seconds_at(double(loop.start));
  for (size_t i = 0; i < kLooksAtOnce; ++i) {
    const ClipPlayer& clips = players_[(looking_ + i) % players_.size()].clips;
    const bool turns = here < turn && turn < horizon;
    clips.look_ahead(clock_, here, turns ? turn : horizon, blocks);
    if (turns) clips.look_ahead(clock_, again, again + horizon - turn, blocks);
  }
  looking_ = (looking_ + kLooksAtOnce) % players_.size();
}

// The turn keeps the fraction of a frame, so a loop of any length stays in time for ever.
void Sequencer::turn_loop(const Loop& loop, int64_t turn_frame) {
  const double exact = anchor_.frame + (clock_.seconds_at(double(loop.end)) - anchor_.seconds) * sample_rate_;
  const int frame = int(turn_frame > block_start_ ? turn_frame - block_start_ : 0);
  for (Player& player : players_) player.release(frame);
  previous_ = anchor_;
  anchor_ = {exact, clock_.seconds_at(double(loop.start))};
  for (Player& player : players_) player.clips.jump();
  start_tracks(loop.start, frame);
}

void Sequencer::end_song(int64_t end_frame) {
  const int frame = int(end_frame > block_start_ ? end_frame - block_start_ : 0);
  for (Player& player : players_) player.release(frame);
  playing_ = false;
  ended_ = true;
  resting_tick_ = double(length_);
}

}  // namespace arietta
