// Saves the open song soon after each change, at the latest when a tab could be killed a second later, and keeps an older
// version now and then while a person works.
import type { Store } from './store';

const QUIET_MS = 250; // wait for a pause in the editing ...
const LONGEST_MS = 600; // ... but never longer than this, so that a killed tab loses less than a second
const VERSION_EVERY_MS = 2 * 60_000;

export class Autosave {
  private timer = 0;
  private firstChange = 0;
  private lastVersion = performance.now();
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly song: () => { bytes: Uint8Array; title: string },
    private readonly failed: (why: string) => void,
  ) {
    // The last moments in which a page is sure to run.
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.flush());
    addEventListener('pagehide', () => this.flush());
  }

  changed(): void {
    const now = performance.now();
    if (!this.firstChange) this.firstChange = now;
    clearTimeout(this.timer);
    const wait = Math.max(0, Math.min(QUIET_MS, this.firstChange + LONGEST_MS - now));
    this.timer = window.setTimeout(() => this.flush(), wait);
  }

  flush(): void {
    if (!this.firstChange) return;
    clearTimeout(this.timer);
    this.firstChange = 0;
    const { bytes, title } = this.song();
    const versionDue = performance.now() - this.lastVersion > VERSION_EVERY_MS;
    if (versionDue) this.lastVersion = performance.now();
    this.saving = this.saving
      .then(() => this.store.saveSong(bytes, title))
      .then(() => (versionDue ? this.store.keepVersion(bytes, title) : undefined))
      .catch((problem: unknown) => this.failed(`This device could not keep your song (${String(problem)}). Download it to be safe.`));
  }
}
