// The DOM twin of the canvas: every control as a native element with its role and name, laid invisibly over the pixels, so
// that screen readers, voice control, the Tab key, phone keyboards and tests reach the same things a mouse does. The list
// of items comes from ui/a11y/mirror.h as differences; what a person does here goes back as acts.
//
// Pointers pass through to the canvas; only a textbox that is being edited becomes visible and takes them, because a
// canvas cannot take IME input, dictation or a phone's keyboard.
import { makeElement, applyState, type MirrorItem } from './mirror_elements';

export const enum Act {
  press = 1,
  setValue = 2,
  setText = 3,
  increment = 4,
  decrement = 5,
  focus = 6,
  blur = 7,
}

export interface MirrorChanges {
  set?: MirrorItem[];
  gone?: number[];
  order?: number[];
  say?: string;
  urgent?: boolean;
  focus?: number;
}

export class Mirror {
  private readonly elements = new Map<number, HTMLElement>();
  private readonly items = new Map<number, MirrorItem>();
  private editing = 0;
  private lastInputWasKey = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly polite: HTMLElement,
    private readonly assertive: HTMLElement,
    private readonly act: (id: number, kind: Act, value: number, text: string) => void,
  ) {
    addEventListener('keydown', () => (this.lastInputWasKey = true), true);
    addEventListener('pointerdown', () => (this.lastInputWasKey = false), true);
  }

  apply(changes: MirrorChanges): void {
    for (const id of changes.gone ?? []) this.remove(id);
    for (const item of changes.set ?? []) this.set(item);
    if (changes.order) this.arrange(changes.order);
    this.keepInsideDialog();
    if (changes.say) this.say(changes.say, changes.urgent === true);
    if (changes.focus) this.elements.get(changes.focus)?.focus({ preventScroll: true });
  }

  // Shows the input of a textbox over its picture and gives it the keyboard.
  editText(id: number): void {
    const input = this.elements.get(id);
    if (!(input instanceof HTMLInputElement)) return;
    this.editing = id;
    input.classList.add('editing');
    input.focus({ preventScroll: true });
    input.select();
  }

  editingText(): boolean {
    return this.editing !== 0;
  }

  say(words: string, urgent: boolean): void {
    const notify = (document as { ariaNotify?: (text: string, options: { priority: string }) => void }).ariaNotify;
    const region = urgent ? this.assertive : this.polite;
    // The region is kept in step even where ariaNotify exists, so that tests and older readers see the same words. The same
    // words twice would not count as a change, hence the turn between two kinds of space.
    region.textContent = region.textContent === words ? `${words}\u00a0` : words;
    if (notify && !region.hasAttribute('aria-live')) notify.call(document, words, { priority: urgent ? 'high' : 'normal' });
  }

  private set(item: MirrorItem): void {
    const before = this.items.get(item.id);
    let element = this.elements.get(item.id);
    if (!element || before?.role !== item.role) {
      element?.remove();
      element = makeElement(item.role);
      this.elements.set(item.id, element);
      this.listen(element, item.id);
    }
    this.items.set(item.id, item);
    applyState(element, item, this.editing === item.id);
    const parent = (item.parent && this.elements.get(item.parent)) || this.root;
    if (element.parentElement !== parent) parent.append(element);
  }

  private remove(id: number): void {
    const element = this.elements.get(id);
    if (element && element.contains(document.activeElement)) (document.activeElement as HTMLElement).blur();
    element?.remove();
    this.elements.delete(id);
    this.items.delete(id);
    if (this.editing === id) this.editing = 0;
  }

  // Puts children into reading order, moving only what is out of place: moving an element takes its focus away.
  private arrange(order: number[]): void {
    const last = new Map<HTMLElement, Element | null>();
    for (const id of order) {
      const element = this.elements.get(id);
      const parent = element?.parentElement;
      if (!element || !parent) continue;
      const before = last.get(parent) ?? null;
      const wanted: Element | null = before ? before.nextElementSibling : parent.firstElementChild;
      if (wanted !== element) parent.insertBefore(element, wanted);
      last.set(parent, element);
    }
  }

  // While a dialog is open, Tab and screen readers stay in it.
  private keepInsideDialog(): void {
    const dialog = this.root.querySelector(':scope > [role=dialog]');
    for (const child of this.root.children) (child as HTMLElement).inert = dialog !== null && child !== dialog;
  }

  private listen(element: HTMLElement, id: number): void {
    element.addEventListener('focus', () => this.act(id, Act.focus, this.lastInputWasKey ? 1 : 0, ''));
    element.addEventListener('blur', () => {
      if (this.editing === id) this.endEditing(element, id);
      this.act(id, Act.blur, 0, '');
    });
    if (element instanceof HTMLSelectElement) {
      element.addEventListener('change', () => this.act(id, Act.setValue, element.selectedIndex, element.value));
    } else if (element instanceof HTMLInputElement && element.type === 'checkbox') {
      element.addEventListener('change', () => this.act(id, Act.press, element.checked ? 1 : 0, ''));
    } else if (element instanceof HTMLInputElement && element.type === 'text') {
      element.addEventListener('input', () => this.act(id, Act.setText, 0, element.value));
      element.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' || event.key === 'Escape') element.blur();
      });
    } else if (element instanceof HTMLInputElement) {
      // 'input' while it moves, 'change' for programs that only fire that; the studio ignores equal values
      const send = () => Number.isFinite(element.valueAsNumber) && this.act(id, Act.setValue, element.valueAsNumber, '');
      element.addEventListener('input', send);
      element.addEventListener('change', send);
    } else {
      element.addEventListener('click', (event) => {
        event.stopPropagation(); // a gridcell lies inside a grid
        this.act(id, Act.press, 0, '');
      });
    }
  }

  private endEditing(element: HTMLElement, id: number): void {
    this.editing = 0;
    element.classList.remove('editing');
    const item = this.items.get(id);
    if (item) applyState(element, item, false);
  }
}
