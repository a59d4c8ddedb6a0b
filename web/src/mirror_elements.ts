// From a mirror item to a native element: which tag carries which role, and how its state is written. Native inputs are
// used wherever they exist, because every assistive technology knows how to work them.

export interface MirrorItem {
  id: number;
  parent?: number;
  role: string;
  name: string;
  rect: [number, number, number, number];
  text?: string;
  value?: number;
  min?: number;
  max?: number;
  step?: number;
  options?: string[];
  checked?: boolean;
  selected?: boolean;
  expanded?: boolean;
  disabled?: boolean;
  row?: number;
  column?: number;
  help?: string;
}

const INPUT_TYPE: Record<string, string> = {
  checkbox: 'checkbox',
  slider: 'range',
  spinbutton: 'number',
  textbox: 'text',
};

// Reached with Tab although they are not native controls.
const FOCUSABLE = new Set(['gridcell', 'option', 'listitem', 'dialog']);

export function makeElement(role: string): HTMLElement {
  const type = INPUT_TYPE[role];
  if (type) {
    const input = document.createElement('input');
    input.type = type;
    if (type === 'text') {
      input.autocomplete = 'off';
      input.spellcheck = false;
    }
    return input;
  }
  if (role === 'button') {
    const button = document.createElement('button');
    button.type = 'button';
    return button;
  }
  if (role === 'combobox') return document.createElement('select');
  const element = document.createElement('div');
  element.setAttribute('role', role);
  if (FOCUSABLE.has(role)) element.tabIndex = -1;
  return element;
}

export function applyState(element: HTMLElement, item: MirrorItem, beingEdited: boolean): void {
  const [x, y, w, h] = item.rect;
  element.style.left = `${x}px`;
  element.style.top = `${y}px`;
  element.style.width = `${Math.max(1, w)}px`;
  element.style.height = `${Math.max(1, h)}px`;
  attribute(element, 'aria-label', item.name);
  attribute(element, 'aria-description', item.help);
  attribute(element, 'aria-expanded', item.expanded);
  attribute(element, 'aria-rowindex', item.row === undefined ? undefined : item.row + 1);
  attribute(element, 'aria-colindex', item.column === undefined ? undefined : item.column + 1);
  if (element instanceof HTMLSelectElement) fillSelect(element, item);
  else if (element instanceof HTMLInputElement) fillInput(element, item, beingEdited);
  else fillPlain(element, item);
}

function fillSelect(select: HTMLSelectElement, item: MirrorItem): void {
  const options = item.options ?? [];
  const same = select.options.length === options.length && options.every((name, i) => select.options[i]!.value === name);
  if (!same) select.replaceChildren(...options.map((name) => new Option(name, name)));
  select.selectedIndex = item.value ?? Math.max(0, options.indexOf(item.text ?? ''));
  select.disabled = item.disabled === true;
}

function fillInput(input: HTMLInputElement, item: MirrorItem, beingEdited: boolean): void {
  input.disabled = item.disabled === true;
  if (input.type === 'checkbox') {
    input.checked = item.checked === true;
    return;
  }
  if (input.type === 'text') {
    if (!beingEdited) input.value = item.text ?? '';
    return;
  }
  input.min = String(item.min ?? 0);
  input.max = String(item.max ?? 1);
  input.step = item.step ? String(item.step) : 'any';
  const value = String(item.value ?? 0);
  if (document.activeElement !== input || input.valueAsNumber !== item.value) input.value = value;
  attribute(input, 'aria-valuetext', item.text);
}

function fillPlain(element: HTMLElement, item: MirrorItem): void {
  if (element instanceof HTMLButtonElement) {
    element.disabled = item.disabled === true;
    attribute(element, 'aria-pressed', item.checked);
    return;
  }
  attribute(element, 'aria-disabled', item.disabled || undefined);
  attribute(element, 'aria-selected', item.selected);
  if (item.role === 'dialog') attribute(element, 'aria-modal', true);
  if (item.role === 'status' || item.role === 'heading' || item.role === 'option') {
    element.textContent = item.text || item.name;
  }
}

function attribute(element: HTMLElement, name: string, value: string | number | boolean | undefined): void {
  if (value === undefined || value === '') element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}
