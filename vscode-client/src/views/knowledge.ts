// What is known of the open folders, kept for the views: asked for anew after a pause when it changes.

import * as vscode from 'vscode';

import type { Backend } from '../protocol';
import type { Server } from '../server/server';

const PAUSE = 300; // milliseconds: it changes while someone types

export class Knowledge implements vscode.Disposable {
  readonly onChange: vscode.Event<void>;

  backends: readonly Backend[] = [];
  private readonly changes = new vscode.EventEmitter<void>();
  private readonly listening: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly server: Server) {
    this.onChange = this.changes.event;
    this.listening = [
      server.onBackend(() => { this.soon(); }),
      server.onPhase((phase) => {
        if (phase === 'running') {
          this.soon();
        }
      }),
    ];
  }

  /** Asks now; what was known stays when the server can't say. */
  async refresh(): Promise<void> {
    try {
      this.backends = await this.server.request<Backend[]>('backwright/backend');
    } catch (fault) {
      this.server.log.warn(`the views could not be refreshed: ${String(fault)}`);
      return;
    }
    this.changes.fire();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changes.dispose();
    for (const it of this.listening) {
      it.dispose();
    }
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), PAUSE);
  }
}
