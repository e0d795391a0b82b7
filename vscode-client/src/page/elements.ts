// Elements of the page, made from plain values.

const SVG = 'http://www.w3.org/2000/svg';

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

export function drawing(): SVGSVGElement {
  const made = document.createElementNS(SVG, 'svg');
  made.setAttribute('aria-hidden', 'true');
  return made;
}

/** A curve between two points. */
export function curve(from: DOMPoint, to: DOMPoint, kind: string): SVGPathElement {
  const made = document.createElementNS(SVG, 'path');
  const middle = (from.x + to.x) / 2;
  made.setAttribute('d', `M${from.x},${from.y} C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`);
  made.setAttribute('class', kind);
  return made;
}
