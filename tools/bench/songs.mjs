// The songs the benches play, made here: always the same bytes. `reverb` is controller 91 of every channel.
import { midiFile, PPQ } from '../../tests/web/midi_song.mjs';

// `count` notes sound at every moment: up to eight channels that strike anew every four seconds, one after the other.
export function held(count, seconds, reverb) {
  const channels = Math.min(8, count);
  const programs = [19, 48, 52, 61, 68, 71, 73, 80]; // sounds that last as long as the key is down
  const each = count / channels;
  const length = 8 * PPQ; // four seconds at 120
  const tracks = Array.from({ length: channels }, (_, channel) => {
    const notes = [];
    for (let start = channel * (PPQ / 4); start < seconds * 2 * PPQ; start += length) {
      for (let i = 0; i < each; ++i) notes.push([start, length, 40 + ((i * 5 + channel) % 48), 90]);
    }
    return { name: `held ${channel}`, channel, program: programs[channel], notes, reverb };
  });
  return { name: `held${count}`, seconds, bytes: midiFile(tracks) };
}

// Drums, bass, chords, arpeggio, melody over eight bars of four chords, again and again with small changes.
export function band(bars, reverb) {
  const chords = [[57, 60, 64], [53, 57, 60], [48, 52, 55], [55, 59, 62]];
  const bar = 4 * PPQ;
  const drums = [];
  const bass = [];
  const comp = [];
  const arp = [];
  const lead = [];
  for (let b = 0; b < bars; ++b) {
    const chord = chords[b % 4];
    const at = b * bar;
    for (let eighth = 0; eighth < 8; ++eighth) {
      const tick = at + eighth * (PPQ / 2);
      drums.push([tick, 60, 42, eighth % 2 ? 60 : 84]);
      if (eighth % 4 === 0 || (eighth === 5 && b % 2)) drums.push([tick, 60, 36, 112]);
      if (eighth % 4 === 2) drums.push([tick, 60, 38, 104]);
      if (eighth % 2 === 0 || b % 4 === 3) bass.push([tick, PPQ / 2 - 20, chord[0] - 24 + (eighth === 6 ? 7 : 0), 100]);
      for (let half = 0; half < 2; ++half) arp.push([tick + half * (PPQ / 4), PPQ / 4 - 10, chord[(eighth * 2 + half) % 3] + 12, 70 + 6 * (half ^ (eighth & 1))]);
      if (eighth % 2 === 0) lead.push([tick, PPQ - 30, chord[(eighth / 2 + b) % 3] + 12 + (b % 8 === 7 ? 2 : 0), 92]);
    }
    for (const key of chord) comp.push([at, 2 * PPQ - 30, key, 76], [at + 2 * PPQ, 2 * PPQ - 30, key, 70]);
  }
  const tracks = [
    { name: 'drums', channel: 9, program: 0, notes: drums },
    { name: 'bass', channel: 1, program: 33, notes: bass },
    { name: 'chords', channel: 2, program: 5, notes: comp },
    { name: 'arpeggio', channel: 3, program: 25, notes: arp },
    { name: 'melody', channel: 4, program: 65, notes: lead },
  ];
  return { name: 'band', seconds: bars * 2, notes: tracks.reduce((sum, one) => sum + one.notes.length, 0), bytes: midiFile(tracks.map((one) => ({ ...one, reverb }))) };
}
