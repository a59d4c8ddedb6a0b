// What stays on this device: the open song, its older versions, sounds and preferences, in IndexedDB. Where a browser denies
// that (some private windows), the studio works on and says that nothing will be kept.
//
// Each tab has a slot of its own, taken with a Web Lock, so two tabs never write over each other's song.

const DATABASE = 'arietta';
const KEPT_VERSIONS = 40;
const SLOTS = 16;

export interface Version {
  number: number;
  title: string;
  when: number; // milliseconds since 1970
  bytes: Uint8Array;
}

type StoreName = 'songs' | 'versions' | 'assets' | 'preferences';

export class Store {
  private slot = 'song-0';

  private constructor(private readonly database: IDBDatabase | null) {}

  static async open(): Promise<Store> {
    const store = new Store(await openDatabase().catch(() => null));
    await store.takeSlot();
    return store;
  }

  get keeps(): boolean {
    return this.database !== null;
  }

  async loadSong(): Promise<Uint8Array | null> {
    return ((await this.get('songs', this.slot)) as { bytes: Uint8Array } | undefined)?.bytes ?? null;
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

  async loadPreferences(): Promise<string> {
    return ((await this.get('preferences', 'all')) as string | undefined) ?? '';
  }

  savePreferences(json: string): Promise<void> {
    return this.put('preferences', json, 'all');
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
    return new Promise((resolve, reject) => {
      // 'strict': a killed browser may lose what was only promised to be written
      const transaction = this.database!.transaction(name, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' });
      const request = work(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('This device has no room left to keep the song.'));
    });
  }
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
