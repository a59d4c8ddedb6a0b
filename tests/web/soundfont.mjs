// A small SoundFont for tests: one preset per name, all of bank 0, program 0 and up, each a looped sine an octave above the
// last. Layout: SoundFont Technical Specification 2.04, sections 4 to 7.
const RATE = 48000;
const PERIOD = 96; // frames: 500 Hz
const FRAMES = PERIOD * 20;
const SILENCE = 46; // after each sample, as the specification wants

const u16 = (...values) => Buffer.from(Uint16Array.from(values).buffer);
const u32 = (...values) => Buffer.from(Uint32Array.from(values).buffer);
const name = (text) => Buffer.concat([Buffer.from(text), Buffer.alloc(20)]).subarray(0, 20);
const chunk = (id, ...parts) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(id), u32(body.length), body]);
};

export function soundfont(names) {
  const samples = Int16Array.from({ length: FRAMES + SILENCE }, (_, i) => (i < FRAMES ? 12000 * Math.sin((2 * Math.PI * i) / PERIOD) : 0));
  const one = names.map((_, i) => i);
  const sampleId = 53, sampleModes = 54, coarseTune = 51, instrument = 41;
  const pdta = [
    chunk('phdr', ...one.map((i) => Buffer.concat([name(names[i]), u16(i, 0, i), u32(0, 0, 0)])), name('EOP'), u16(0, 0, names.length), u32(0, 0, 0)),
    chunk('pbag', ...one.map((i) => u16(i, 0)), u16(names.length, 0)),
    chunk('pmod', Buffer.alloc(10)),
    chunk('pgen', ...one.map((i) => u16(instrument, i)), u32(0)),
    chunk('inst', ...one.map((i) => Buffer.concat([name(names[i]), u16(i)])), name('EOI'), u16(names.length)),
    chunk('ibag', ...one.map((i) => u16(3 * i, 0)), u16(3 * names.length, 0)),
    chunk('imod', Buffer.alloc(10)),
    chunk('igen', ...one.map((i) => u16(coarseTune, 12 * i, sampleModes, 1, sampleId, 0)), u32(0)),
    chunk('shdr', name('sine'), u32(0, FRAMES, 0, FRAMES, RATE), Buffer.from([71, 0]), u16(0, 1), name('EOS'), Buffer.alloc(26)),
  ];
  return chunk('RIFF', Buffer.from('sfbk'),
    chunk('LIST', Buffer.from('INFO'), chunk('ifil', u16(2, 4)), chunk('INAM', Buffer.from('Tests\0'))),
    chunk('LIST', Buffer.from('sdta'), chunk('smpl', Buffer.from(samples.buffer))),
    chunk('LIST', Buffer.from('pdta'), ...pdta));
}
