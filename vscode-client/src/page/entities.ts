// The stored models as cards, with a line for each relation.

import type { Backend, Field, Model } from '../protocol';
import { curve, drawing, element } from './elements';

type Jump = (place: { file: string; line: number }) => void;

export function entitiesView(backend: Backend, words: string[], jump: Jump): HTMLElement {
  const models = backend.models
    .filter((it) => it.table !== '' || it.relations.length > 0)
    .filter((it) => words.every((word) => text(it).includes(word)));
  const cards = new Map(models.map((it) => [it.name, card(it, jump)]));
  const lines = drawing();
  const view = element('div', { class: 'entities' }, lines, ...cards.values());
  if (models.length === 0) {
    view.append(element('p', {}, 'No stored model is known here.'));
  }
  new ResizeObserver(() => { drawLines(view, lines, models, cards); }).observe(view);
  return view;
}

function card(model: Model, jump: Jump): HTMLElement {
  const title = element('button', { type: 'button', class: 'title', 'aria-label': `${model.name}, open its code` }, model.name);
  title.addEventListener('click', () => { jump(model); });
  const relations = model.relations.map((it) =>
    element('li', { class: 'relation' }, `${it.name} → ${it.target}`, element('span', { class: 'type' }, it.kind)),
  );
  return element(
    'section',
    { class: 'card', 'aria-label': spoken(model) },
    title,
    element('ul', {}, ...model.fields.map(field), ...relations),
  );
}

function field(it: Field): HTMLLIElement {
  const marks = [it.primary_key ? 'key' : '', it.unique ? 'unique' : '', it.nullable ? 'null' : ''].filter((mark) => mark !== '');
  return element('li', {}, it.name, element('span', { class: 'type' }, [it.type, ...marks].join(' ')));
}

function spoken(model: Model): string {
  const relations = model.relations.map((it) => `${it.kind} ${it.target}`);
  return [`${model.name}, table ${model.table}`, ...relations].join('; ');
}

function drawLines(view: HTMLElement, lines: SVGSVGElement, models: Model[], cards: Map<string, HTMLElement>): void {
  const box = view.getBoundingClientRect();
  lines.setAttribute('width', String(view.scrollWidth));
  lines.setAttribute('height', String(view.scrollHeight));
  lines.replaceChildren();
  const drawn = new Set<string>();
  for (const model of models) {
    for (const { target } of model.relations) {
      const [from, to] = [cards.get(model.name), cards.get(target)];
      const pair = [model.name, target].sort().join(' ');
      if (from !== undefined && to !== undefined && !drawn.has(pair) && from !== to) {
        drawn.add(pair);
        lines.append(between(from.getBoundingClientRect(), to.getBoundingClientRect(), box));
      }
    }
  }
}

/** From the sides that face each other. */
function between(one: DOMRect, other: DOMRect, box: DOMRect): SVGPathElement {
  const [left, right] = one.left <= other.left ? [one, other] : [other, one];
  const below = right.left < left.right;
  const start = below ? left.left + left.width / 2 : left.right;
  const end = below ? right.left + right.width / 2 : right.left;
  const height = (it: DOMRect, onto: DOMRect) => (below ? (it.top < onto.top ? it.bottom : it.top) : it.top + 16);
  return curve(
    new DOMPoint(start - box.left, height(left, right) - box.top),
    new DOMPoint(end - box.left, height(right, left) - box.top),
    'link',
  );
}

function text(model: Model): string {
  return [model.name, model.table, model.file, ...model.fields.map((it) => it.name)].join(' ').toLowerCase();
}
