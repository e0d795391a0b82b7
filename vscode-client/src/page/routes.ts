// Routes, models and jobs in three columns, with a line wherever one uses another.

import type { Backend, Route } from '../protocol';
import { curve, drawing, element } from './elements';

type Jump = (place: { file: string; line: number }) => void;

interface Item {
  key: string;
  button: HTMLButtonElement;
}

/** `words` filter the routes; models and jobs are those that these use, or all without a filter. */
export function routesView(backend: Backend, words: string[], jump: Jump): HTMLElement {
  const routes = backend.routes.filter((it) => holds(it, words));
  const models = used(routes, words, backend.models.filter((it) => it.table !== '').map((it) => it.name), (it) => it.models);
  const jobs = used(routes, words, backend.jobs.map((it) => it.name), (it) => it.jobs);
  const places = new Map([...backend.models, ...backend.jobs].map((it) => [it.name, it]));
  const items: Item[] = [];
  const linked = new Map<string, Set<string>>();
  const link = (one: string, other: string) => {
    linked.set(one, (linked.get(one) ?? new Set()).add(other));
    linked.set(other, (linked.get(other) ?? new Set()).add(one));
  };
  const item = (key: string, words: (Node | string)[], spoken: string, kind: string, act: () => void) => {
    const button = element('button', { class: `item ${kind}`, 'aria-label': spoken, type: 'button' }, ...words);
    button.addEventListener('click', act);
    items.push({ key, button });
    return element('li', {}, button);
  };
  const named = (kind: string, name: string) =>
    item(`${kind} ${name}`, [name], `${kind} ${name}`, kind, () => {
      const place = places.get(name);
      if (place !== undefined) {
        jump(place);
      }
    });
  const routeItems = routes.map((it) => {
    const key = `route ${it.method} ${it.path}`;
    it.models.forEach((name) => { link(key, `model ${name}`); });
    it.jobs.forEach((name) => { link(key, `job ${name}`); });
    const state = it.guards.length > 0 ? 'guarded' : 'open';
    return item(key, [element('span', { class: 'method' }, it.method), ` ${it.path}`], spokenRoute(it), `route ${state}`, () => { jump(it); });
  });
  const lines = drawing();
  const view = element(
    'div',
    { class: 'map' },
    lines,
    column(`Routes (${routes.length})`, routeItems),
    column(`Models (${models.length})`, models.map((it) => named('model', it))),
    column(`Jobs (${jobs.length})`, jobs.map((it) => named('job', it))),
  );
  highlightLinked(view, items, linked);
  new ResizeObserver(() => { drawLines(view, lines, items, linked); }).observe(view);
  return view;
}

function column(title: string, items: HTMLLIElement[]): HTMLElement {
  return element('section', { 'aria-label': title }, element('h2', {}, title), element('ul', {}, ...items));
}

function spokenRoute(route: Route): string {
  const parts = [
    `${route.method} ${route.path}`,
    route.guards.length > 0 ? `guarded by ${route.guards.join(', ')}` : 'no guard',
    route.models.length > 0 ? `uses ${route.models.join(', ')}` : '',
    route.jobs.length > 0 ? `starts ${route.jobs.join(', ')}` : '',
  ];
  return parts.filter((it) => it !== '').join('; ');
}

function used(routes: Route[], words: string[], all: string[], of: (route: Route) => string[]): string[] {
  const names = new Set(routes.flatMap(of));
  return words.length === 0 ? [...new Set([...all, ...names])] : [...names];
}

/** What belongs to the item under the pointer or the focus stands out. */
function highlightLinked(view: HTMLElement, items: Item[], linked: Map<string, Set<string>>): void {
  const show = (key: string | undefined) => {
    const those = key === undefined ? undefined : linked.get(key);
    view.classList.toggle('chosen', key !== undefined);
    for (const it of items) {
      it.button.classList.toggle('lit', it.key === key || those?.has(it.key) === true);
    }
    for (const path of view.querySelectorAll<SVGPathElement>('svg path')) {
      path.classList.toggle('lit', key !== undefined && (path.dataset['one'] === key || path.dataset['other'] === key));
    }
  };
  for (const { key, button } of items) {
    button.addEventListener('focus', () => { show(key); });
    button.addEventListener('pointerenter', () => { show(key); });
    button.addEventListener('blur', () => { show(undefined); });
    button.addEventListener('pointerleave', () => { show(undefined); });
  }
}

function drawLines(view: HTMLElement, lines: SVGSVGElement, items: Item[], linked: Map<string, Set<string>>): void {
  const box = view.getBoundingClientRect();
  const places = new Map(items.map((it) => [it.key, it.button.getBoundingClientRect()]));
  lines.setAttribute('width', String(view.scrollWidth));
  lines.setAttribute('height', String(view.scrollHeight));
  lines.replaceChildren();
  for (const [one, others] of linked) {
    const from = places.get(one);
    if (!one.startsWith('route ') || from === undefined) {
      continue;
    }
    for (const other of others) {
      const to = places.get(other);
      if (to !== undefined) {
        const path = curve(
          new DOMPoint(from.right - box.left, from.top + from.height / 2 - box.top),
          new DOMPoint(to.left - box.left, to.top + to.height / 2 - box.top),
          'link',
        );
        path.dataset['one'] = one;
        path.dataset['other'] = other;
        lines.append(path);
      }
    }
  }
}

function holds(route: Route, words: string[]): boolean {
  const text = [route.method, route.path, route.handler, route.file, ...route.models, ...route.jobs].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}
