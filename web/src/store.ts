// What stays on this device: the open song, its older versions, sounds and preferences, in IndexedDB. Where a browser denies
// that (some private windows) or does not answer (a full or failing disk), the studio works on and says that nothing will be
// kept; a song that could not be read is then never written over.
//
// Each tab has a slot of its own, taken with a Web Lock, so two tabs never write over each other's song.

const DATABASE = 'arietta';
const KEPT_VERSIONS = 40;
const SLOTS = 16;
const OPEN_PATIENCE_S = 5; // nobody looks at an empty page for longer
const RUN_PATIENCE_S = 20;

export interface Version {
  number: number;
  title: string;
  when: number; // milliseconds since 1970
  bytes: Uint8Array;
}

type StoreName = 'songs' | 'versions' | 'assets' | 'preferences';

export interface Remembered {
  preferences: string;
  song: Uint8Array | null;
}

export class Store {
  private slot = 'song-0';

  // `trouble` says in plain words why nothing is kept; empty when all is well.
  private constructor(
    private readonly database: IDBDatabase | null,
    readonly trouble = '',
  ) {}

  // Opens what is there and reads what the studio starts with: all of it in time, or none of it.
  static async open(): Promise<{ store: Store; remembered: Remembered }> {
    try {
      return await patiently(Store.openAndRead(), OPEN_PATIENCE_S);
    } catch (problem) {
      const trouble =
        problem instanceof NoAnswer
          ? 'The storage of this device does not answer, so the song from last time is not here and nothing is kept. Reload to try again; share or download what you make now.'
          : 'This browser keeps nothing for this page (a private window?). Share or download your song before you close it.';
      return { store: new Store(null, trouble), remembered: { preferences: '', song: null } };
    }
  }

  private static async openAndRead(): Promise<{ store: Store; remembered: Remembered }> {
    const store = new Store(await openDatabase());
    await store.takeSlot();
    const [preferences, song] = await Promise.all([store.get('preferences', 'all'), store.get('songs', store.slot)]);
    return { store, remembered: { preferences: (preferences as string | undefined) ?? '', song: (song as { bytes: Uint8Array } | undefined)?.bytes ?? null } };
  }

  async saveSong(bytes: Uint8Array, title: string): Promise<void> {
    await this.put('songs', { bytes, title, when: Date.now() }, this.slot);
  }

  // Versions are only ever added; the oldest go when there are too many.
  async keepVersion(bytes: Uint8Array, title: string): Promise<void> {
    const versions = await this.versions();
    if (versions[0] && sameBytes(versions[0].bytes, bytes)) return;
    await this.put('versions', { bytes, title, when: Date.now() });
    for (const old of versions.slice(KEPT_VERSIONS - 1)) await this.run('versions', 'readwrite', (s) => s.delete(old.number));
  }

  // Newest first.
  async versions(): Promise<Version[]> {
    const keys = ((await this.run('versions', 'readonly', (s) => s.getAllKeys())) ?? []) as number[];
    const values = ((await this.run('versions', 'readonly', (s) => s.getAll())) ?? []) as Omit<Version, 'number'>[];
    return values.map((value, i) => ({ ...value, number: keys[i]! })).sort((a, b) => b.when - a.when || b.number - a.number);
  }

  loadAsset(key: string): Promise<Uint8Array | undefined> {
    return this.get('assets', key) as Promise<Uint8Array | undefined>;
  }

  saveAsset(key: string, bytes: Uint8Array): Promise<void> {
    return this.put('assets', bytes, key);
  }

  async dropAsset(key: string): Promise<void> {
    await this.run('assets', 'readwrite', (store) => store.delete(key));
  }

  savePreferences(json: string): Promise<void> {
    return this.put('preferences', json, 'all');
  }

  // The person's own melodies, for "like me"; empty when they are erased.
  async loadMemory(): Promise<string> {
    return ((await this.get('preferences', 'memory')) as string | undefined) ?? '';
  }

  saveMemory(json: string): Promise<void> {
    return this.put('preferences', json, 'memory');
  }

  private async takeSlot(): Promise<void> {
    if (!navigator.locks) return;
    for (let i = 0; i < SLOTS; ++i) {
      const mine = await new Promise<boolean>((decide) => {
        void navigator.locks
          .request(`arietta-song-${i}`, { ifAvailable: true }, (lock) => {
            decide(lock !== null);
            return lock ? new Promise<void>(() => undefined) : undefined; // held as long as the page lives
          })
          .catch(() => decide(true));
      });
      if (!mine) continue;
      this.slot = `song-${i}`;
      return;
    }
  }

  private get(name: StoreName, key: IDBValidKey): Promise<unknown> {
    return this.run(name, 'readonly', (store) => store.get(key) as IDBRequest<unknown>);
  }

  private async put(name: StoreName, value: unknown, key?: IDBValidKey): Promise<void> {
    await this.run(name, 'readwrite', (store) => store.put(value, key));
  }

  private run<T>(name: StoreName, mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
    if (!this.database) return Promise.resolve(undefined);
    const result = new Promise<T | undefined>((resolve, reject) => {
      // 'strict': a killed browser may lose what was only promised to be written
      const transaction = this.database!.transaction(name, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' });
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('This device has no room left to keep the song.'));
    });
    return patiently(result, RUN_PATIENCE_S);
  }
}

class NoAnswer extends Error {}

// Waits in small steps, so that a time in which the page itself was too busy to hear the answer counts as one step only.
function patiently<T>(answer: Promise<T>, seconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let steps = seconds * 4;
    const timer = setInterval(() => --steps < 0 && reject(new NoAnswer('the storage of this device does not answer')), 250);
    void answer.then(resolve, reject).finally(() => clearInterval(timer));
  });
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      for (const name of ['songs', 'assets', 'preferences']) request.result.createObjectStore(name);
      request.result.createObjectStore('versions', { autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no storage'));
    request.onblocked = () => reject(new Error('storage is blocked'));
  });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, i) => byte === b[i]);
}
