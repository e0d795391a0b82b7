// One line of a view, before VS Code shows it: plain values, made by pure functions.

import type { Backend } from '../protocol';

/** Where something stands. */
export interface Place {
  file: string;
  line: number;
}

export interface Node {
  label: string;
  /** Names the line among its siblings, so that it stays open when others come and go. */
  id: string;
  description?: string;
  /** The name of a product icon, and of the theme's colour for it. */
  icon?: string;
  colour?: string;
  /** What a screen reader says. */
  spoken?: string;
  tooltip?: string;
  /** What menus may be offered for it. */
  kind: string;
  open?: boolean;
  children?: Node[];
  /** With `place`, a click leads there and recipes can be run there. */
  backend?: Backend;
  place?: Place;
  /** The recipe that sees to it, for a gap. */
  recipe?: string;
}

export function counted(count: number, word: string): string {
  return count === 0 ? `no ${word}s` : count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

/** Groups in the order in which they first come. */
export function grouped<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name);
    if (group === undefined) {
      groups.set(name, [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

/** The nodes of each folder; the folders themselves are shown only when there are several. */
export function perFolder(backends: readonly Backend[], nodes: (backend: Backend) => Node[]): Node[] {
  const filled = backends.map((backend) => ({ backend, children: nodes(backend) })).filter((it) => it.children.length > 0);
  if (backends.length <= 1) {
    return filled.flatMap((it) => it.children);
  }
  return filled.map(({ backend, children }) => ({
    label: backend.name,
    id: backend.uri,
    icon: 'root-folder',
    kind: 'folder',
    open: true,
    children,
  }));
}
