#include "devices/cell_instrument.h"

namespace arietta {

bool CellInstrument::prepare_voices(const AudioSpec& spec, Arena& arena, int playing, int spare) {
  spec_ = spec;
  controls_.prepare(spec.sample_rate);
  return pool_.prepare(arena, *this, playing, spare);
}

void CellInstrument::reset_voices() {
  pool_.reset();
  events_.clear();
  held_.clear();
  controls_.reset();
  solo_lane_ = -1;
  slides_ = false;
  cell_frame_ = 0;
}

float CellInstrument::pitch_of(const NoteEvent& note) {
  return float(note.key) + (std::isfinite(note.tuning) ? clampf(note.tuning, -24, 24) : 0);
}

void CellInstrument::notes(span<const NoteEvent> events) {
  for (const NoteEvent& event : events) {
    if (events_.full()) {
      while (const NoteEvent* early = events_.due(kMaxBlock)) apply(*early);
      events_.clear();
    }
    events_.push(event);
  }
}

void CellInstrument::apply(const NoteEvent& event) {
  switch (event.type) {
    case NoteEventType::kNoteOn: return event.value > 0 ? note_on(event) : note_off(event);
    case NoteEventType::kNoteOff: return note_off(event);
    case NoteEventType::kAllNotesOff: held_.clear(); return pool_.all_notes_off();
    case NoteEventType::kAllSoundOff: held_.clear(); return pool_.all_sound_off();
    default:
      if (event.type == NoteEventType::kController) pool_.controller(event.key, event.value);
      controls_.handle(event);
  }
}

void CellInstrument::note_on(const NoteEvent& note) {
  held_.push(note);
  slides_ = solo_ != Solo::kManyNotes && solo_sounds();
  if (solo_ != Solo::kManyNotes) return play_solo(note);
  pool_.strike(note);
  start(note);
}

void CellInstrument::note_off(const NoteEvent& note) {
  held_.remove(note);
  const bool current = solo_sounds() && (note.id ? pool_.note_id(solo_lane_) == note.id : pool_.key(solo_lane_) == note.key);
  if (solo_ == Solo::kManyNotes || !current || held_.empty()) return pool_.note_off(note);
  slides_ = true;
  play_solo(NoteEvent(held_.top()));
}

void CellInstrument::play_solo(const NoteEvent& note) {
  if (slides_ && solo_ == Solo::kTied) {
    pool_.hand_over(solo_lane_, note);
    move_voice(solo_lane_, note);
    last_pitch_ = pitch_of(note);
    return;
  }
  if (slides_) pool_.let_go(solo_lane_);
  else pool_.strike(note);
  start(note);
}

void CellInstrument::start(const NoteEvent& note) {
  if (silent()) {
    controls_.settle();
    settle();
  }
  solo_lane_ = pool_.take(note);
  start_voice(solo_lane_, note);
  last_pitch_ = pitch_of(note);
}

Activity CellInstrument::render(Block io) {
  if (silent() && events_.empty()) return Activity::kAsleep;
  alignas(16) float left[kMaxBlock] = {}, right[kMaxBlock] = {};

  for (int frame = 0; frame < io.frames;) {
    while (const NoteEvent* event = events_.due(frame)) apply(*event);
    const int next = events_.next_frame(io.frames), left_over = kMaxBlock - cell_frame_;
    if (silent()) {                           // still silent: the first cell begins with the first note
      cell_frame_ = 0;
      frame = next;
      continue;
    }
    const int frames = next - frame < left_over ? next - frame : left_over;
    if (cell_frame_ == 0) begin_cell();
    render_cell(left + frame, right + frame, cell_frame_, frames);
    cell_frame_ = (cell_frame_ + frames) % kMaxBlock;
    if (cell_frame_ == 0) end_cell();
    frame += frames;
  }
  while (const NoteEvent* event = events_.due(kMaxBlock)) apply(*event);   // none, if the caller kept its word
  events_.clear();

  float check = 0;
  for (int i = 0; i < io.frames; ++i) check += (left[i] - left[i]) + (right[i] - right[i]);
  if (check != 0) {                           // infinite or not a number: silence rather than noise, and a clean start
    reset();
    return Activity::kAsleep;
  }
  controls_.mix(left, right, io);
  if (silent()) return Activity::kAsleep;
  return pool_.sounding() ? Activity::kRunning : Activity::kTail;
}

}  // namespace arietta
