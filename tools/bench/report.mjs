// What every bench needs: a table on the screen, an object in a file.
import { writeFileSync } from 'node:fs';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

export const round = (value, digits = 2) => Number(value.toFixed(digits));

export function finish(figures) {
  const at = process.argv.indexOf('--json');
  if (at > 0) writeFileSync(process.argv[at + 1], JSON.stringify(figures, null, 2));
}
