// What the page around the canvas knows and does: the person's settings of the system, the edges of the display, colours of
// what the page draws itself, the clipboard.

export function element(id: string): HTMLElement {
  return document.getElementById(id)!;
}

// The flags of ui_start.
export function displayFlags(): number {
  return (
    (media('(prefers-reduced-motion: reduce)') ? 1 : 0) |
    (media('(prefers-color-scheme: light)') ? 2 : 0) |
    (media('(prefers-contrast: more)') || media('(forced-colors: active)') ? 4 : 0) |
    (media('(pointer: coarse)') ? 8 : 0)
  );
}

// What a notch or a rounded corner takes away.
export function inset(side: 'top' | 'bottom'): number {
  const probe = document.createElement('div');
  probe.style.cssText = `position:fixed;height:env(safe-area-inset-${side},0px)`;
  document.body.append(probe);
  const height = probe.offsetHeight;
  probe.remove();
  return height;
}

// The screen's colours for what the page draws itself (style.css).
export function wear(colors: Record<string, string>): void {
  for (const [name, color] of Object.entries(colors)) document.documentElement.style.setProperty(`--${name}`, color);
  document.querySelector('meta[name=theme-color]')?.setAttribute('content', colors.background ?? '');
}

export async function copyText(text: string): Promise<void> {
  if (!navigator.clipboard) throw new Error('no clipboard');
  await navigator.clipboard.writeText(text);
}

function media(query: string): boolean {
  return matchMedia(query).matches;
}
