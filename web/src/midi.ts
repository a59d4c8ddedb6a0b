// MIDI keyboards. Connected at once where the person has allowed it before, otherwise when they ask for it.

export class Midi {
  private access: MIDIAccess | null = null;

  constructor(
    private readonly message: (bytes: Uint8Array, timeMs: number) => void,
    private readonly notice: (text: string) => void,
  ) {}

  async connectIfAllowed(): Promise<void> {
    if (!navigator.requestMIDIAccess || !navigator.permissions) return;
    const permission = await navigator.permissions.query({ name: 'midi' as PermissionName }).catch(() => null);
    if (permission?.state === 'granted') await this.connect(true);
  }

  async connect(quietly = false): Promise<void> {
    const say = (text: string) => quietly || this.notice(text);
    if (!navigator.requestMIDIAccess) {
      say('This browser cannot talk to MIDI keyboards. Chrome, Edge and Firefox can.');
      return;
    }
    try {
      this.access = await navigator.requestMIDIAccess();
    } catch {
      say('The browser did not allow the MIDI keyboard. You can allow it in the site settings beside the address.');
      return;
    }
    this.access.onstatechange = () => this.listen();
    this.listen();
    const names = [...this.access.inputs.values()].map((input) => input.name ?? 'MIDI keyboard');
    say(names.length ? `Connected: ${names.join(', ')}.` : 'No MIDI keyboard was found. Plug one in; it will be noticed.');
  }

  private listen(): void {
    for (const input of this.access!.inputs.values()) {
      input.onmidimessage = (event) => event.data && this.message(event.data, event.timeStamp);
    }
  }
}
