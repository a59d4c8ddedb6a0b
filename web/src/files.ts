// Files in and out: drop, choose, paste, save.

export function listenToDrops(open: (bytes: Uint8Array, name: string) => void, failed: (why: string) => void): void {
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    const text = event.dataTransfer?.getData('text/plain');
    if (file) void readFile(file, open, failed);
    else if (text) open(new TextEncoder().encode(text), 'dropped text');
  });
}

const KINDS = '.mid,.midi,.kar,.rmi,.arietta,.json,.sf2,.sf3,.scl,.kbm,.wav,.mp3,.m4a,.aac,.ogg,.opus,.flac,audio/*,application/json';

export const SOUND_KINDS = 'audio/*,.wav,.mp3,.m4a,.aac,.ogg,.opus,.flac';

export function chooseFile(open: (bytes: Uint8Array, name: string) => void, failed: (why: string) => void, kinds = KINDS): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = kinds;
  input.style.display = 'none';
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) void readFile(file, open, failed);
    input.remove();
  };
  input.oncancel = () => input.remove();
  document.body.append(input); // some browsers ignore clicks on inputs outside the page
  input.click();
}

// Larger than any SoundFont in use, smaller than what brings a tab down.
const LARGEST_FILE = 512 * 1024 * 1024;

async function readFile(file: File, open: (bytes: Uint8Array, name: string) => void, failed: (why: string) => void): Promise<void> {
  if (file.size > LARGEST_FILE) {
    failed(`“${file.name}” is larger than 512 MB, which is more than a browser tab can hold.`);
    return;
  }
  try {
    open(new Uint8Array(await file.arrayBuffer()), file.name);
  } catch {
    failed(`“${file.name}” could not be read. Has it been moved or deleted?`);
  }
}

export function saveFile(bytes: Uint8Array, name: string, type: string): void {
  saveBlob(new Blob([bytes as BlobPart], { type }), name);
}

export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = name;
  anchor.style.display = 'none';
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // long enough for the slowest save dialog
}
