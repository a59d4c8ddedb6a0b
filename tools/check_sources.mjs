// Rules about the sources that a compiler cannot know:   node --test tools/check_sources.mjs
//   who may include whom (the table in engine/README.md), what may not be called where the audio thread runs,
//   what the AudioWorklet's script may not use, words nobody sees any more, what doctest would evaluate in vain.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const mayInclude = {
  'engine/base': [],
  'engine/params': ['base'],
  'engine/plan': ['base', 'params'],
  'engine/proto': ['base', 'params', 'plan'],
  'engine/song': ['base', 'params'],
  'engine/compile': ['base', 'params', 'song', 'plan', 'proto'],
  'engine/assist': ['base', 'song'],
  'engine/dsp': ['base'],
  'engine/stretch': ['base', 'dsp'],
  'engine/voice': ['base', 'dsp'],
  'engine/analyse': ['base', 'dsp'],
  'engine/devices': ['base', 'params', 'dsp', 'stretch', 'voice', 'plan/bank_format.h'],
  'engine/core': ['base', 'params', 'plan', 'proto', 'dsp', 'devices'],
  'engine/bank': ['base', 'plan/bank_format.h'],
  'engine/host': ['base', 'params', 'plan', 'proto', 'song', 'compile', 'assist', 'dsp', 'stretch', 'voice', 'analyse', 'devices', 'core', 'bank'],
  ui: ['base', 'params', 'song', 'compile', 'assist', 'plan', 'proto'],
};
// The module that goes into the AudioWorklet knows core and what is below it.
const mayIncludeHere = { 'engine/host/wasm_exports.cpp': ['base', 'params', 'plan', 'proto', 'dsp', 'devices', 'core'] };

const folders = [...new Set(Object.keys(mayInclude).map((path) => path.replace('engine/', '')))];

function sources(folder) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).flatMap((name) => {
    const file = join(folder, name);
    if (statSync(join(root, file)).isDirectory()) return sources(file);
    return /\.(h|cpp|def)$/.test(name) ? [file] : [];
  });
}

const read = (file) => readFileSync(join(root, file), 'utf8');

// The text with comments and string literals blanked, so that words in them are not taken for code. Lines keep their numbers.
function code(file) {
  const blank = (match) => match.replace(/[^\n]/g, ' ');
  return read(file).replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"/g, blank);
}

function findings(files, patterns) {
  const found = [];
  for (const file of files) {
    code(file).split('\n').forEach((line, index) => {
      for (const [what, pattern] of patterns) if (pattern.test(line)) found.push(`${file}:${index + 1}: ${what}`);
    });
  }
  return found;
}

for (const [folder, allowed] of Object.entries(mayInclude)) {
  test(`${folder} includes only what the table allows`, () => {
    const wrong = [];
    for (const file of sources(folder)) {
      const list = mayIncludeHere[file] ?? allowed;
      for (const [, path] of read(file).matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
        const own = folder === 'ui' ? path.startsWith('ui/') || path.endsWith('.gen.h') : path.startsWith(folder.replace('engine/', '') + '/');
        const known = folders.includes(path.split('/')[0]);
        const fine = own || !known ? own || !path.includes('/') : list.includes(path.split('/')[0]) || list.includes(path);
        if (!fine) wrong.push(`${file} includes "${path}"`);
      }
    }
    assert.deepEqual(wrong, []);
  });
}

const audio = ['engine/dsp', 'engine/stretch', 'engine/voice', 'engine/devices', 'engine/core'].flatMap(sources).concat(sources('engine/host').filter((file) => file.endsWith('wasm_exports.cpp')));

test('nothing the audio thread runs allocates, locks, prints or throws', () => {
  assert.deepEqual(
    findings(audio, [
      ['prints', /\b(v|f|s|sn|vsn)?printf\s*\(|\bstd::c(out|err)\b|\bputs\s*\(/],
      ['allocates', /\bnew\s+[A-Za-z_:]|\bnew\s*\[|\b(malloc|calloc|realloc|std::free)\s*\(|(?<!=\s)\bdelete\b/],
      ['uses something that allocates', /\bstd::(function|vector|string|map|set|unordered_map|unordered_set|deque|list|shared_ptr|unique_ptr|make_shared|make_unique|any)\b/],
      ['locks', /\bstd::(mutex|lock_guard|unique_lock|scoped_lock|condition_variable|thread)\b/],
      ['throws', /\bthrow\b|\btry\s*\{|\bcatch\s*\(/],
      ['reads a clock', /\bstd::chrono\b|\bclock\s*\(|\btime\s*\(\s*(nullptr|NULL|0)\s*\)/],
    ]),
    [],
  );
});

// base/bytes.h (its Writer) and base/result.h allocate; they are for the document side.
test('the audio thread knows no headers that allocate', () => {
  const pattern = /^\s*#\s*include\s+(<(string|vector|map|set|unordered_map|unordered_set|deque|list|memory|functional|iostream|fstream|sstream|cstdio|mutex|thread|chrono|locale|regex)>|"base\/result.h")/;
  const wrong = [];
  for (const file of [...audio, ...sources('engine/base').filter((file) => !/(bytes|result)\.h$/.test(file))]) {
    read(file).split('\n').forEach((line, index) => pattern.test(line) && wrong.push(`${file}:${index + 1}: ${line.trim()}`));
  }
  assert.deepEqual(wrong, []);
});

test('only main.cpp and *_web.cpp of the screen know SDL and the browser', () => {
  const wrong = sources('ui')
    .filter((file) => !/(^ui\/main|_web)\.cpp$/.test(file))
    .filter((file) => /#\s*include\s+[<"](SDL|emscripten|GLES|imgui_impl)/.test(read(file)));
  assert.deepEqual(wrong, []);
});

test('every visible word is shown somewhere', () => {
  const used = new Set(sources('ui').flatMap((file) => [...code(file).matchAll(/\bText::(k\w+)/g)].map(([, key]) => key)));
  const words = [...read('ui/i18n/strings.def').matchAll(/^TEXT\((k\w+)/gm)].map(([, key]) => key);
  assert.ok(words.length > 100, 'strings.def was not understood');
  assert.deepEqual(words.filter((key) => !used.has(key)), []);
});

// REQUIRE_MESSAGE(r.ok(), r.error().message) asks for the error of what went well, which may end the program.
test('tests ask for an error only where there is one', () => {
  assert.deepEqual(findings(sources('tests'), [['evaluates error() even when all is well', /\b(REQUIRE|CHECK|WARN)_MESSAGE\s*\(.*\berror\(\)/]]), []);
});

// The scope of an AudioWorklet has none of these in some browser, and its process() may make no garbage.
test('the worklet uses nothing its scope lacks', () => {
  const text = code(relative(root, join(root, 'web/src/processor.ts')));
  for (const name of ['TextDecoder', 'TextEncoder', 'performance', 'setTimeout', 'setInterval', 'fetch', 'document', 'window', 'crypto', 'structuredClone']) {
    assert.doesNotMatch(text, new RegExp(`\\b${name}\\b\\s*[.(]|new ${name}\\b`), `processor.ts uses ${name}`);
  }
});

test("the worklet's process() makes no garbage", () => {
  const text = code('web/src/processor.ts');
  const start = text.search(/\n\s*(override\s+)?process\s*\(/);
  assert.ok(start >= 0, 'processor.ts has no process()');
  let depth = 0;
  let end = text.indexOf('{', text.indexOf(')', start));
  const open = end;
  do {
    if (text[end] === '{') depth++;
    if (text[end] === '}') depth--;
    end++;
  } while (depth > 0 && end < text.length);
  const body = text.slice(open + 1, end - 1);
  assert.doesNotMatch(body, /`/, 'a template string');
  assert.doesNotMatch(body, /=>|\bfunction\b/, 'a closure');
  assert.doesNotMatch(body, /(=|return|\(|,|:)\s*\{/, 'an object literal');
  assert.doesNotMatch(body, /(=|return|\(|,)\s*\[/, 'an array literal');
  assert.doesNotMatch(body, /\bnew\b|\.(slice|map|filter|concat|subarray)\s*\(/, 'a new object');
});
