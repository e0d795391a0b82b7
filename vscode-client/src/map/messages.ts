// What the extension and the page of the map say to each other.

import type { Backend } from '../protocol';

export interface ToPage {
  backends: Backend[];
}

export type What = 'routes' | 'entities';

export type FromPage =
  | { kind: 'ready' }
  | { kind: 'jump'; folder: string; file: string; line: number }
  | { kind: 'copy'; folder: string; what: What };
