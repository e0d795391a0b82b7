// The server of this window: started, watched over, restarted, and stopped.

import { spawn } from 'node:child_process';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  type LanguageClientOptions,
  type StaticFeature,
} from 'vscode-languageclient/node';

import type { Report, RunArgument } from '../protocol';
import { storedKey } from './key';
import { launchOf, type Launch } from './launch';
import { Progresses } from './progress';
import { explicitSettings, settingNames } from './settings';
import { tellUnavailable, Unavailable } from './unavailable';

export type Phase = 'starting' | 'running' | 'stopped' | 'unavailable';

const RUN = 'backwright.run';
const LINKS = [RUN];

export class Server implements vscode.Disposable {
  readonly onPhase: vscode.Event<Phase>;
  readonly onReport: vscode.Event<Report>;
  readonly onBackend: vscode.Event<void>;

  /** Asks for what a recipe can't do without, however it is started. */
  complete: (argument: RunArgument) => Promise<RunArgument | undefined> = (argument) => Promise.resolve(argument);

  phase: Phase = 'stopped';
  private client: LanguageClient | undefined;
  private doing: Promise<void> = Promise.resolve();
  private readonly progresses = new Progresses(() => this.client);
  private readonly phases = new vscode.EventEmitter<Phase>();
  private readonly reports = new vscode.EventEmitter<Report>();
  private readonly backends = new vscode.EventEmitter<void>();

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
  ) {
    this.onPhase = this.phases.event;
    this.onReport = this.reports.event;
    this.onBackend = this.backends.event;
  }

  /** Starts it, or starts it again with the settings as they are now; one after the other. */
  restart(): Promise<void> {
    this.doing = this.doing.then(
      () => this.stop(),
    ).then(
      () => this.start(),
    );
    return this.doing;
  }

  /** The answer to a request of our own. Raises when the server isn't running. */
  async request<Answer>(method: string, params: object = {}): Promise<Answer> {
    await this.doing;
    return this.running().sendRequest<Answer>(method, params);
  }

  /** The answer to one of the server's commands, as if an action had been picked. */
  async execute<Answer>(command: string, argument: object): Promise<Answer> {
    await this.doing;
    this.running();
    return vscode.commands.executeCommand<Answer>(command, argument);
  }

  position(at: vscode.Position): object {
    return this.running().code2ProtocolConverter.asPosition(at);
  }

  dispose(): void {
    void this.stop();
  }

  async stop(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    this.progresses.clear();
    if (client !== undefined && client.state !== State.StartFailed) {
      await client.dispose().catch((it: unknown) => { this.log.warn(`the server did not stop in order: ${String(it)}`); });
    }
  }

  private running(): LanguageClient {
    if (this.client?.isRunning() !== true) {
      throw new Error('Backwright’s server is not running. “Backwright: Show Log” says why.');
    }
    return this.client;
  }

  private async start(): Promise<void> {
    this.is('starting');
    try {
      const launch = await launchOf(this.context, this.log);
      const client = await this.clientFor(launch);
      this.client = client;
      client.onDidChangeState(({ newState }) => {
        if (this.client === client) {
          this.follow(newState);
        }
      });
      client.onNotification('backwright/backendChanged', () => { this.backends.fire(); });
      await client.start();
    } catch (fault) {
      this.client = undefined;
      this.is('unavailable');
      this.log.error(fault instanceof Error ? fault : String(fault));
      const unavailable =
        fault instanceof Unavailable
          ? fault
          : new Unavailable(`The server did not start: ${fault instanceof Error ? fault.message : String(fault)}`, [
              'showLog',
              'retry',
            ]);
      void tellUnavailable(unavailable, { retry: () => void this.restart(), showLog: () => { this.log.show(); } });
    }
  }

  private async clientFor(launch: Launch): Promise<LanguageClient> {
    const key = await storedKey(this.context.secrets);
    const env = { ...process.env, ...(key !== undefined && { BACKWRIGHT_API_KEY: key }) };
    // Not in the workspace: what lies there must not be run by being there.
    const cwd = this.context.extensionUri.fsPath;
    this.log.info(`starting ${[launch.command, ...launch.args].join(' ')}`);
    const start = () => Promise.resolve(spawn(launch.command, launch.args, { env, cwd, windowsHide: true }));
    const client = new LanguageClient('backwright', 'Backwright', start, this.options());
    client.registerFeature(CAPABILITIES);
    return client;
  }

  private options(): LanguageClientOptions {
    const manifest: unknown = this.context.extension.packageJSON;
    const names = settingNames(manifest);
    return {
      documentSelector: languagesOf(manifest).map((language) => ({ scheme: 'file', language })),
      outputChannel: this.log,
      initializationOptions: { trusted: vscode.workspace.isTrusted },
      markdown: { isTrusted: { enabledCommands: LINKS } },
      errorHandler: this.errorHandler(),
      middleware: {
        handleWorkDoneProgress: (token, params, next) => {
          this.progresses.handle(token, params, () => { next(token, params); });
        },
        executeCommand: async (command, args: unknown[], next) => {
          const [argument] = args;
          const complete = command === RUN ? await this.complete(argument as RunArgument) : argument;
          if (complete === undefined) {
            return undefined; // the person gave up
          }
          const answer: unknown = await next(command, [complete]);
          if (isReport(answer)) {
            this.reports.fire(answer);
          }
          return answer;
        },
        workspace: {
          configuration: (params) =>
            params.items.map((it) =>
              explicitSettings(it.scopeUri === undefined ? undefined : vscode.Uri.parse(it.scopeUri), names),
            ),
        },
      },
    };
  }

  /** Starts a server that has died again, up to a bound; then says so, with the log at hand. */
  private errorHandler(): NonNullable<LanguageClientOptions['errorHandler']> {
    const died: number[] = [];
    return {
      error: (_fault, _message, count) => ({ action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown }),
      closed: () => {
        const now = Date.now();
        died.push(now);
        if (died.filter((it) => now - it < 180_000).length <= 4) {
          this.log.warn('the server ended by itself and is started again');
          return { action: CloseAction.Restart, handled: true };
        }
        const text = 'The server keeps ending by itself.';
        const buttons = { retry: () => void this.restart(), showLog: () => { this.log.show(); } };
        void tellUnavailable(new Unavailable(text, ['showLog', 'retry']), buttons);
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  /** Also when the client starts a server anew that has died. */
  private follow(state: State): void {
    if (state === State.Stopped) {
      this.progresses.clear();
    }
    const phases: Partial<Record<State, Phase>> = {
      [State.Starting]: 'starting',
      [State.Running]: 'running',
      [State.Stopped]: 'stopped',
    };
    const phase = phases[state];
    if (phase !== undefined) {
      this.is(phase);
    }
  }

  private is(phase: Phase): void {
    if (this.phase === phase) {
      return;
    }
    this.phase = phase;
    void vscode.commands.executeCommand('setContext', 'backwright.phase', phase);
    this.phases.fire(phase);
  }
}

/** What this client can do beside what every editor can; see docs/protocol.md. */
const CAPABILITIES: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = {
      ...(capabilities.experimental as object | undefined),
      backwright: { commandLinks: true, backendChanged: true },
    };
  },
  initialize: () => undefined,
  getState: () => ({ kind: 'static' }),
  clear: () => undefined,
};

function languagesOf(manifest: unknown): string[] {
  const { activationEvents } = manifest as { activationEvents: string[] };
  return activationEvents.filter((it) => it.startsWith('onLanguage:')).map((it) => it.replace('onLanguage:', ''));
}

function isReport(answer: unknown): answer is Report {
  return typeof answer === 'object' && answer !== null && 'status' in answer && 'recipe' in answer;
}
