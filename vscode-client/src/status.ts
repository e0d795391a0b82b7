// The status bar: who answers, and what this session has used of a model.

import * as vscode from 'vscode';

import type { Report, Status } from './protocol';
import type { Phase, Server } from './server/server';

export class StatusBar implements vscode.Disposable {
  readonly item: vscode.StatusBarItem;
  private readonly listening: vscode.Disposable[];
  private tokens = 0;
  private status: Status | undefined;

  constructor(private readonly server: Server) {
    this.item = vscode.window.createStatusBarItem('backwright.status', vscode.StatusBarAlignment.Right, 100);
    this.item.name = 'Backwright';
    this.item.command = 'backwright.menu';
    this.listening = [
      server.onPhase((phase) => void this.follow(phase)),
      server.onReport((it) => { this.count(it); }),
    ];
    this.show('starting');
  }

  /** Asks the server anew, as when settings have changed. */
  async refresh(): Promise<void> {
    try {
      this.status = await this.server.request<Status>('backwright/status');
    } catch {
      this.status = undefined; // the phase says what is wrong
    }
    this.show(this.server.phase);
  }

  dispose(): void {
    this.item.dispose();
    for (const it of this.listening) {
      it.dispose();
    }
  }

  private async follow(phase: Phase): Promise<void> {
    this.show(phase);
    if (phase === 'running') {
      await this.refresh();
    }
  }

  private count(report: Report): void {
    const { prompt_tokens: asked = 0, completion_tokens: answered = 0 } = report.usage;
    this.tokens += asked + answered;
    this.show(this.server.phase);
  }

  private show(phase: Phase): void {
    const { text, says } = this.words(phase);
    this.item.text = text;
    this.item.accessibilityInformation = { label: `Backwright: ${says}`, role: 'button' };
    this.item.tooltip = `Backwright: ${says}`;
    this.item.backgroundColor = phase === 'unavailable' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.show();
  }

  private words(phase: Phase): { text: string; says: string } {
    if (phase === 'starting') {
      return { text: '$(sync~spin) Backwright', says: 'the server is starting' };
    }
    if (phase !== 'running') {
      return { text: '$(error) Backwright', says: 'the server is not running' };
    }
    const model = this.status?.configured === true ? this.status.model || 'model' : 'offline';
    const used = this.tokens === 0 ? '' : ` · ${short(this.tokens)} tokens`;
    const where = this.status?.configured === true ? `${model} at ${this.status.endpoint || 'the default endpoint'}` : 'offline, built-in templates answer';
    const trust = this.status?.trusted === false ? '; the folder is not trusted and only read' : '';
    return { text: `$(type-hierarchy-sub) ${model}${used}`, says: `${where}${used}${trust}` };
  }
}

function short(count: number): string {
  return count < 10_000 ? String(count) : `${Math.round(count / 1000)}k`;
}
