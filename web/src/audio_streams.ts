// Answers the engine's wishes for recorded sound: blocks that will be heard within seconds. Several wishes are read at once,
// because a wish in a piece already read costs nothing.
import { audioBlockSamples, Message } from './constants.gen';
import type { AudioStore } from './audio_store';
import { packet, words } from './frames';

// What the song plays from: the engine's number for it and what it is called.
export interface AudioNeed {
  asset: number;
  hash: string;
  name: string;
}

export class AudioStreams {
  private needs = new Map<number, AudioNeed>();
  private readonly missing = new Set<string>(); // hashes people were told about

  constructor(
    private readonly store: AudioStore,
    private readonly send: (bytes: Uint8Array) => void,
    private readonly here: (hash: string) => void,
    private readonly notice: (text: string) => void,
  ) {}

  need(needs: AudioNeed[]): void {
    this.needs = new Map(needs.map((need) => [need.asset, need]));
    for (const need of needs) void this.look(need);
  }

  // It has been imported meanwhile.
  arrived(hash: string): void {
    this.missing.delete(hash);
    for (const need of this.needs.values()) if (need.hash === hash) this.tell(need.asset, 0);
    this.here(hash);
  }

  async want(asset: number, first: number, count: number): Promise<void> {
    for (const bytes of await this.blocks(asset, first, count)) this.send(bytes);
  }

  // The packets that answer a wish.
  async blocks(asset: number, first: number, count: number): Promise<Uint8Array[]> {
    const need = this.needs.get(asset);
    const packets: Uint8Array[] = [];
    for (let block = first; block < first + count; ++block) {
      const from = block * audioBlockSamples;
      const samples = need ? await this.store.samples(need.hash, from, from + audioBlockSamples).catch(() => null) : null;
      if (!samples) return [...packets, packet([{ type: Message.audioGone, payload: words(asset, 1) }])];
      const payload = new Uint8Array(16 + samples.byteLength);
      payload.set(words(asset, block, samples.length, 0));
      payload.set(new Uint8Array(samples.buffer), 16);
      packets.push(packet([{ type: Message.audioBlock, payload }]));
    }
    return packets;
  }

  private async look(need: AudioNeed): Promise<void> {
    if (await this.store.has(need.hash)) return this.here(need.hash);
    if (this.missing.has(need.hash)) return;
    this.missing.add(need.hash);
    const name = need.name ? `“${need.name}”` : 'a recording';
    this.notice(`This song plays ${name}, which is not on this device, so it is silent. Import the file, or open the project file that has the sound in it.`);
  }

  private tell(asset: number, gone: number): void {
    this.send(packet([{ type: Message.audioGone, payload: words(asset, gone) }]));
  }
}
