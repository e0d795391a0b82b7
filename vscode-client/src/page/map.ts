// The page of the backend map: a search, two views, and a text of Mermaid to copy.

import type { FromPage, ToPage, What } from '../map/messages';
import type { Backend } from '../protocol';
import { element } from './elements';
import { entitiesView } from './entities';
import { routesView } from './routes';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void };

const editor = acquireVsCodeApi();
const VIEWS: Record<What, string> = { routes: 'Routes, models, jobs', entities: 'Entities' };

let backends: Backend[] = [];
let chosen = 0;
let shown: What = 'routes';

const search = element('input', { type: 'search', id: 'search', placeholder: 'Search', 'aria-label': 'Search the map' });
const folders = element('select', { 'aria-label': 'Folder' });
const copy = element('button', { type: 'button' }, 'Copy as Mermaid');
const said = element('span', { role: 'status' });
const tabs = Object.entries(VIEWS).map(([name, title]) => tab(name as What, title));
const content = element('main', { id: 'content', role: 'tabpanel', 'aria-labelledby': 'tab-routes', tabindex: '-1' });

document.body.append(
  element('header', {}, element('div', { role: 'tablist', 'aria-label': 'View' }, ...tabs), search, folders, copy, said),
  content,
);
search.addEventListener('input', draw);
folders.addEventListener('change', () => {
  chosen = folders.selectedIndex;
  draw();
});
copy.addEventListener('click', () => {
  const folder = backends[chosen]?.uri;
  if (folder !== undefined) {
    editor.postMessage({ kind: 'copy', folder, what: shown });
    said.textContent = 'Copied.';
  }
});
window.addEventListener('message', (event: MessageEvent<ToPage>) => {
  ({ backends } = event.data);
  chosen = Math.min(chosen, Math.max(backends.length - 1, 0));
  folders.replaceChildren(...backends.map((it) => element('option', {}, it.name)));
  folders.hidden = backends.length < 2;
  folders.selectedIndex = chosen;
  draw();
});
editor.postMessage({ kind: 'ready' });

function tab(name: What, title: string): HTMLButtonElement {
  const button = element('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': 'content' }, title);
  button.addEventListener('click', () => { choose(name); });
  button.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      choose(name === 'routes' ? 'entities' : 'routes');
      document.getElementById(`tab-${shown}`)?.focus();
    }
  });
  return button;
}

function choose(name: What): void {
  shown = name;
  draw();
}

function draw(): void {
  for (const it of tabs) {
    const selected = it.id === `tab-${shown}`;
    it.setAttribute('aria-selected', String(selected));
    it.tabIndex = selected ? 0 : -1;
  }
  content.setAttribute('aria-labelledby', `tab-${shown}`);
  const backend = backends[chosen];
  if (backend === undefined) {
    content.replaceChildren(element('p', {}, 'Nothing is known yet.'));
    return;
  }
  const words = search.value.toLowerCase().split(/\s+/).filter((it) => it !== '');
  const jump = (place: { file: string; line: number }) => {
    editor.postMessage({ kind: 'jump', folder: backend.uri, file: place.file, line: place.line });
  };
  const view = shown === 'routes' ? routesView : entitiesView;
  content.replaceChildren(view(backend, words, jump));
  said.textContent = '';
}
