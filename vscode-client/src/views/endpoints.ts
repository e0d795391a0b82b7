// The endpoints as a tree: app, path, method.

import type { Backend, Route } from '../protocol';
import { counted, grouped, perFolder, type Node } from './node';

/** `filter` holds words; a route is shown when it holds them all. */
export function endpointNodes(backends: readonly Backend[], filter: string): Node[] {
  const words = filter.toLowerCase().split(/\s+/).filter((it) => it !== '');
  return perFolder(backends, (backend) => {
    const routes = words.length === 0 ? backend.routes : backend.routes.filter((it) => holds(it, words));
    const apps = grouped(routes, (it) => it.app);
    return apps.size <= 1 ? pathNodes(backend, routes) : [...apps].map(([app, those]) => appNode(backend, app, those));
  });
}

function appNode(backend: Backend, app: string, routes: Route[]): Node {
  return {
    label: app === '' ? 'app' : app,
    id: `app ${app}`,
    description: counted(routes.length, 'endpoint'),
    icon: 'server',
    kind: 'app',
    open: true,
    children: pathNodes(backend, routes),
  };
}

function pathNodes(backend: Backend, routes: readonly Route[]): Node[] {
  const paths = grouped(routes, (it) => it.path);
  return [...paths]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([path, those]) => ({
      label: path,
      id: path,
      icon: 'symbol-namespace',
      kind: 'path',
      open: true,
      ...(those.some((it) => !it.resolved) && { description: 'part of it is not known' }),
      children: those.map((it) => routeNode(backend, it)),
    }));
}

function routeNode(backend: Backend, route: Route): Node {
  const facts = [
    route.guards.length > 0 ? 'guarded' : 'no guard',
    route.rate_limit === '' ? 'no rate limit' : `limit ${route.rate_limit}`,
    counted(route.tests.length, 'test'),
  ];
  return {
    label: route.method,
    id: `${route.method} ${route.file}:${route.line}`,
    description: [route.handler, ...facts].filter((it) => it !== '').join(' · '),
    ...look(route),
    spoken: `${route.method} ${route.path}, ${facts.join(', ')}`,
    tooltip: tooltip(route),
    kind: 'route',
    backend,
    place: { file: route.file, line: route.line },
  };
}

function look(route: Route): { icon: string; colour: string } {
  const guarded = route.guards.length > 0;
  const tested = route.tests.length > 0;
  if (guarded && tested) {
    return { icon: 'verified-filled', colour: 'testing.iconPassed' };
  }
  if (guarded) {
    return { icon: 'shield', colour: 'charts.blue' };
  }
  return tested ? { icon: 'beaker', colour: 'charts.yellow' } : { icon: 'circle-outline', colour: 'charts.orange' };
}

function tooltip(route: Route): string {
  const rows: [string, string][] = [
    ['Handler', `${route.handler} (${route.file}:${route.line})`],
    ['Guards', route.guards.join(', ') || 'none'],
    ['Rate limit', route.rate_limit || 'none'],
    ['Validation', route.validators.join(', ') || 'none'],
    ['Models', route.models.join(', ')],
    ['Jobs', route.jobs.join(', ')],
    ['Tests', route.tests.map((it) => `${it.file}:${it.line}`).join(', ') || 'none'],
  ];
  const said = rows.filter(([, value]) => value !== '').map(([title, value]) => `${title}: ${value}`);
  return [`${route.method} ${route.path} (${route.framework})`, ...said].join('\n');
}

function holds(route: Route, words: string[]): boolean {
  const text = `${route.method} ${route.path} ${route.handler} ${route.file} ${route.models.join(' ')}`.toLowerCase();
  const marks = `${route.guards.length > 0 ? 'guarded' : 'unguarded'} ${route.tests.length > 0 ? 'tested' : 'untested'}`;
  return words.every((word) => text.includes(word) || marks.split(' ').includes(word));
}
