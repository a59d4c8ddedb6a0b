// The words behind `./studio complete`.
const tasks = ['continue', 'infill', 'vary', 'harmonise', 'chords', 'groove'];

export function readOptions(words) {
  const options = { samples: 1, seed: 1, greedy: false };
  const left = [...words];
  const next = (name) => {
    if (left.length === 0) throw new Error(`${name} wants a value.`);
    return left.shift();
  };
  const whole = (name, least, most) => {
    const value = next(name);
    if (!/^\d+$/.test(value) || +value < least || +value > most) throw new Error(`${name} wants a whole number from ${least} to ${most}, not “${value}”.`);
    return +value;
  };
  while (left.length) {
    const name = left.shift();
    if (['--in', '--nll', '--out', '--model'].includes(name)) options[name.slice(2)] = next(name);
    else if (name === '--samples') options.samples = whole(name, 1, 1000);
    else if (name === '--seed') options.seed = whole(name, 0, 0xffffffff);
    else if (name === '--jobs') options.jobs = whole(name, 1, 64);
    else if (name === '--greedy') options.greedy = true;
    else if (name === '--task') {
      options.task = next(name);
      if (!tasks.includes(options.task)) throw new Error(`There is no task “${options.task}”; there are ${tasks.join(', ')}.`);
    } else throw new Error(`There is no option ${name}.`);
  }
  if (!options.in && !options.nll) throw new Error('Say which prompts: --in PROMPTS.jsonl, or --nll LINES.jsonl.');
  if (options.in && options.nll) throw new Error('--in and --nll are two different questions; ask one at a time.');
  return options;
}
