#include "dsp/stereo_filter.h"

#include "dsp/denormal.h"

namespace arietta {
namespace {

f32x4 pair(float first, float second) { return {first, first, second, second}; }

}  // namespace

void StereoFilterPair::aim(const FilterSection& a, const FilterSection& b) {
  aim_ = {pair(a.keep, b.keep), pair(a.push, b.push), pair(a.pull, b.pull),
          pair(a.direct, b.direct), pair(a.band, b.band), pair(a.low, b.low)};
  moving_ = true;
  aim_flat_ = a.flat() && b.flat();
}

void StereoFilterPair::jump() {
  now_ = aim_;
  flat_ = aim_flat_;
  moving_ = false;
  if (flat_) clear();
}

// The lanes take turns: four frames of the first section beside the four before of the second.
void StereoFilterPair::four_frames(Rows& rows) {
  transpose(rows.row[0], rows.row[1], rows.row[2], rows.row[3]);
  f32x4 first = first_, second = second_;
  for (f32x4& frame : rows.row) {
    if (moving_) {
      now_.keep += step_.keep;
      now_.push += step_.push;
      now_.pull += step_.pull;
      now_.direct += step_.direct;
      now_.band += step_.band;
      now_.low += step_.low;
    }
    const f32x4 difference = frame - second;
    const f32x4 first_next = now_.keep * first + now_.push * difference;
    const f32x4 second_next = (second + now_.push * first) + now_.pull * difference;
    frame = now_.direct * frame + f32x4(0.5f) * (now_.band * (first + first_next) + now_.low * (second + second_next));
    first = first_next;
    second = second_next;
  }
  first_ = first;
  second_ = second;
  transpose(rows.row[0], rows.row[1], rows.row[2], rows.row[3]);
}

// The same where one of the sections has fewer than four frames to do.
void StereoFilterPair::edge_frames(Rows& rows, int leading, int trailing) {
  transpose(rows.row[0], rows.row[1], rows.row[2], rows.row[3]);
  for (int i = 0; i < 4; ++i) {
    const mask4 active = (lane_numbers() < f32x4(i < leading ? 2.0f : 0.0f)) | (f32x4(i < trailing ? 2.0f : 4.0f) <= lane_numbers());
    const f32x4 in = rows.row[i];
    const f32x4 difference = in - second_;
    const f32x4 first = now_.keep * first_ + now_.push * difference;
    const f32x4 second = (second_ + now_.push * first_) + now_.pull * difference;
    rows.row[i] = now_.direct * in + f32x4(0.5f) * (now_.band * (first_ + first) + now_.low * (second_ + second));
    first_ = select(active, first, first_);
    second_ = select(active, second, second_);
  }
  transpose(rows.row[0], rows.row[1], rows.row[2], rows.row[3]);
}

void StereoFilterPair::process(Block io) {
  const int groups = (io.frames + 3) / 4;
  if (groups == 1 || (flat_ && aim_flat_)) jump();
  if (flat_ && aim_flat_) return;
  if (moving_) {
    const f32x4 share(1.0f / float(4 * (groups - 1)));         // the edges stand still
    step_ = {(aim_.keep - now_.keep) * share,     (aim_.push - now_.push) * share, (aim_.pull - now_.pull) * share,
             (aim_.direct - now_.direct) * share, (aim_.band - now_.band) * share, (aim_.low - now_.low) * share};
  }
  f32x4 between[2] = {0, 0};                            // what the first section put out, left and right
  for (int group = 0; group <= groups; ++group) {
    const int at = 4 * group, before = at - 4;
    Rows rows{{f32x4(0), f32x4(0), between[0], between[1]}};
    if (group < groups) {
      rows.row[0] = f32x4::load(io.left + at);
      rows.row[1] = f32x4::load(io.right + at);
    }
    const int leading = io.frames - at, trailing = group ? io.frames - before : 0;
    if (leading >= 4 && trailing >= 4) four_frames(rows);
    else edge_frames(rows, leading, trailing);
    between[0] = rows.row[0];
    between[1] = rows.row[1];
    if (group) {
      rows.row[2].store(io.left + before);
      rows.row[3].store(io.right + before);
    }
  }
  first_ = flush_denormal(first_);
  second_ = flush_denormal(second_);
  jump();
}

}  // namespace arietta
