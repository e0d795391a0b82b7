// Progress of the server with a Cancel button. vscode-languageclient shows it in the status bar, where
// it can't be cancelled.

import * as vscode from 'vscode';
import {
  WorkDoneProgressCancelNotification,
  type ProgressToken,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageclient/node';
import type { LanguageClient } from 'vscode-languageclient/node';

type Step = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

interface Shown {
  report: (step: WorkDoneProgressReport) => void;
  end: () => void;
}

/** Shows the progress of one client. */
export class Progresses {
  private readonly shown = new Map<ProgressToken, Shown>();

  constructor(private readonly client: () => LanguageClient | undefined) {}

  handle(token: ProgressToken, step: Step, otherwise: () => void): void {
    if (step.kind === 'begin' && step.cancellable === true) {
      this.begin(token, step);
      return;
    }
    const shown = this.shown.get(token);
    if (shown === undefined) {
      otherwise();
    } else if (step.kind === 'report') {
      shown.report(step);
    } else {
      shown.end();
    }
  }

  /** The server is gone: nothing more will be heard. */
  clear(): void {
    for (const it of [...this.shown.values()]) {
      it.end();
    }
  }

  private begin(token: ProgressToken, step: WorkDoneProgressBegin): void {
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: step.title };
    void vscode.window.withProgress(options, (progress, cancel) => {
      cancel.onCancellationRequested(() => {
        void this.client()?.sendNotification(WorkDoneProgressCancelNotification.type, { token });
      });
      return new Promise<void>((resolve) => {
        this.shown.set(token, {
          report: (it) => {
            progress.report(it.message === undefined ? {} : { message: it.message });
          },
          end: () => {
            this.shown.delete(token);
            resolve();
          },
        });
      });
    });
  }
}
