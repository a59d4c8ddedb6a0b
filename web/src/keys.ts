// The keyboard, all of it in one place: keys go to the studio unless the element that has the focus needs them itself.

const NATIVE_KEYS: Record<string, ReadonlySet<string>> = {
  button: new Set([' ', 'Enter']),
  checkbox: new Set([' ']),
  range: new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']),
  number: new Set(['ArrowUp', 'ArrowDown', 'Backspace', 'Delete', '.', '-', ...'0123456789']),
  select: new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', ' ', 'Enter']),
};

function elementWantsKey(event: KeyboardEvent): boolean {
  const element = event.target;
  if (event.key === 'Tab' || event.isComposing) return true;
  if (element instanceof HTMLTextAreaElement) return true;
  if (element instanceof HTMLInputElement && element.type === 'text') return true;
  if (event.ctrlKey || event.metaKey) return false;
  const kind =
    element instanceof HTMLButtonElement ? 'button'
    : element instanceof HTMLSelectElement ? 'select'
    : element instanceof HTMLInputElement ? element.type
    : '';
  return NATIVE_KEYS[kind]?.has(event.key) ?? false;
}

export function listenToKeys(key: (code: string, key: string, down: boolean, mods: number, repeat: boolean) => boolean): void {
  const handle = (event: KeyboardEvent) => {
    const down = event.type === 'keydown';
    if (down && elementWantsKey(event)) return;
    const mods = (event.shiftKey ? 1 : 0) | (event.ctrlKey || event.metaKey ? 2 : 0) | (event.altKey ? 4 : 0);
    if (key(event.code, event.key, down, mods, event.repeat)) event.preventDefault();
  };
  addEventListener('keydown', handle);
  addEventListener('keyup', handle);
}
