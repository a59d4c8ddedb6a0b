// Small Standard MIDI Files for tests and benches, written here so that what they hold is known to the note.

export const PPQ = 480;

const varlen = (value) => {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
};
const chunk = (name, data) => [...Buffer.from(name), ...[24, 16, 8, 0].map((shift) => (data.length >> shift) & 255), ...data];

// notes: [start, length, key, velocity] in ticks of PPQ a quarter; reverb: controller 91 at the beginning.
function track({ notes, channel = 0, program = 0, name = 'Tune', reverb }, head = []) {
  const events = notes.flatMap(([start, length, key, velocity = 96]) => [
    [start, 1, [0x90 | channel, key, velocity]],
    [start + length, 0, [0x80 | channel, key, 64]],
  ]);
  events.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const title = [...Buffer.from(name)];
  const data = [...head, 0, 0xff, 3, title.length, ...title, 0, 0xc0 | channel, program];
  if (reverb !== undefined) data.push(0, 0xb0 | channel, 91, reverb);
  let at = 0;
  for (const [tick, , bytes] of events) {
    data.push(...varlen(tick - at), ...bytes);
    at = tick;
  }
  data.push(0, 0xff, 0x2f, 0);
  return chunk('MTrk', data);
}

export function midiFile(tracks, { bpm = 120 } = {}) {
  const us = Math.round(60e6 / bpm);
  const tempo = [0, 0xff, 0x51, 3, us >> 16, (us >> 8) & 255, us & 255];
  const chunks = tracks.flatMap((one, i) => track(one, i === 0 ? tempo : []));
  return Uint8Array.from([...chunk('MThd', [0, 1, 0, tracks.length, PPQ >> 8, PPQ & 255]), ...chunks]);
}

export function midiSong(notes, { bpm = 120, ...options } = {}) {
  return midiFile([{ notes, ...options }], { bpm });
}
