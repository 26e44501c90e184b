/** The attributes that a page sets: none that loads, links, runs or styles anything, whatever its value. */
type Attribute =
  | 'autocomplete'
  | 'checked'
  | 'class'
  | 'colspan'
  | 'dir'
  | 'disabled'
  | 'for'
  | 'hidden'
  | 'id'
  | 'inputmode'
  | 'lang'
  | 'max'
  | 'maxlength'
  | 'min'
  | 'name'
  | 'novalidate'
  | 'open'
  | 'placeholder'
  | 'role'
  | 'rowspan'
  | 'scope'
  | 'selected'
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

type Shape = 'svg' | 'g' | 'rect' | 'line' | 'path' | 'circle' | 'text' | 'tspan' | 'title';
type Geometry =
  | 'viewBox'
  | 'preserveAspectRatio'
  | 'transform'
  | 'x'
  | 'y'
  | 'dx'
  | 'dy'
  | 'width'
  | 'height'
  | 'd'
  | 'r'
  | 'rx';
type Position = 'x1' | 'x2' | 'y1' | 'y2' | 'cx' | 'cy' | 'text-anchor' | 'dominant-baseline';
type Meaning = 'class' | 'id' | 'role' | 'tabindex' | `aria-${string}` | `data-${string}`;

/** An element of a drawing: attributes place it, classes dress it, as the policy of the page allows no style in an attribute. */
export function drawing(
  shape: Shape,
  attributes: Attributes<Geometry | Position | Meaning> = {},
  ...content: readonly (SVGElement | string)[]
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
