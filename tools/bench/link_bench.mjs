// Characters of a link, per note, for songs of several lengths.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finish, round } from './report.mjs';
import { band } from './songs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const figures = {};
for (const bars of [2, 4, 8, 16, 30, 64]) {
  const song = band(bars);
  const path = join(folder, `${bars}.mid`);
  writeFileSync(path, song.bytes);
  const link = execFileSync(process.env.ARIETTA_CLI, ['link', path], { encoding: 'utf8' }).trim();
  const characters = link.slice(link.indexOf('#s=') + 3).length;
  figures[`${song.notes} notes`] = { characters, per_note: round(characters / song.notes) };
}
console.log(figures);
finish(figures);
