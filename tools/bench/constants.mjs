// The page's generated constants for Node, which does not read TypeScript everywhere: the types are taken off.
import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../web/src/constants.gen.ts', import.meta.url), 'utf8');
const plain = text.replaceAll(' as const', '').replaceAll(/: readonly string\[\]/g, '');
export const { Message, Telemetry, defaultArenaBytes, telemetryBytes } = await import(`data:text/javascript,${encodeURIComponent(plain)}`);
