/** The attributes that the page sets: none that loads, links, runs or styles anything, whatever its value. */
type Attribute =
  | 'autocomplete'
  | 'checked'
  | 'class'
  | 'disabled'
  | 'for'
  | 'hidden'
  | 'id'
  | 'inputmode'
  | 'maxlength'
  | 'name'
  | 'novalidate'
  | 'open'
  | 'role'
  | 'scope'
  | 'spellcheck'
  | 'tabindex'
  | 'title'
  | 'type'
  | 'value'
  | `aria-${string}`
  | `data-${string}`;

/** `true` sets an attribute without a value, `false` and `undefined` leave it out. */
type Attributes<A extends string> = { readonly [N in A]?: string | number | boolean | undefined };

/** An HTML element; strings among its content become text, never markup. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes<Attribute> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[T] {
  const created = document.createElement(tag);
  setAttributes(created, attributes);
  created.append(...content);
  return created;
}

type Shape = 'svg' | 'rect' | 'line' | 'path' | 'circle';
type Geometry = 'viewBox' | 'preserveAspectRatio' | 'x' | 'y' | 'width' | 'height' | 'd' | 'r';
type Position = 'x1' | 'x2' | 'y1' | 'y2' | 'cx' | 'cy';

/** An element of a drawing. */
export function drawing(
  shape: Shape,
  attributes: Attributes<Geometry | Position | 'class' | 'aria-hidden'>,
  ...content: readonly SVGElement[]
): SVGElement {
  const created = document.createElementNS('http://www.w3.org/2000/svg', shape);
  setAttributes(created, attributes);
  created.append(...content);
  return created;
}

function setAttributes(target: Element, attributes: Attributes<string>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    target.setAttribute(name, value === true ? '' : String(value));
  }
}

/** Gives `container` other content, unless it is the same: what is replaced in a live region is read out again. */
export function replaceContent(container: Element, ...content: readonly Node[]): void {
  const replacement = container.cloneNode(false);
  for (const node of content) replacement.appendChild(node);
  if (!container.isEqualNode(replacement)) container.replaceChildren(...replacement.childNodes);
}

/** A button that does not submit the form. */
export function button(label: string, press: () => void, look = 'secondary'): HTMLButtonElement {
  const created = element('button', { type: 'button', class: look }, label);
  created.addEventListener('click', press);
  return created;
}
