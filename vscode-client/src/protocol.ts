// What the server answers, as docs/protocol.md describes it.

/** The JSON of `backwright run --json`. */
export interface Report {
  status: 'applied' | 'planned' | 'refused' | 'failed';
  recipe: string;
  provider: string;
  summary: string;
  files: { path: string; change: 'create' | 'edit' | 'delete' }[];
  diff: string;
  unserved: string[];
  next_steps: string[];
  review: string[];
  checks: { name: string; status: 'passed' | 'failed' | 'skipped'; detail: string }[];
  usage: Record<string, number>;
}

/** The JSON of `backwright recipes --json`. */
export interface Recipe {
  id: string;
  title: string;
  at: 'endpoint' | 'function' | 'model' | 'project' | 'free';
  summary: string;
  templates: string[];
  inputs: Input[];
}

export interface Input {
  name: string;
  ask: string;
  default: string;
  required: boolean;
}

/** The argument of the command `backwright.run`. */
export interface RunArgument {
  recipe: string;
  uri?: string;
  position?: object;
  request?: string;
  inputs?: Record<string, string>;
}

export interface Route {
  method: string;
  path: string;
  handler: string;
  file: string;
  line: number;
  framework: string;
  guards: string[];
  rate_limit: string;
  validators: string[];
  models: string[];
  jobs: string[];
  tests: { file: string; line: number }[];
  app: string;
  protocol: string;
  resolved: boolean;
}

export interface Field {
  name: string;
  type: string;
  nullable: boolean;
  unique: boolean;
  primary_key: boolean;
}

export interface Model {
  name: string;
  table: string;
  kind: string;
  file: string;
  line: number;
  fields: Field[];
  relations: { name: string; target: string; kind: string; via: string }[];
}

export interface Job {
  name: string;
  queue: string;
  file: string;
  line: number;
  framework: string;
  retries: number | null;
  schedule: string;
  enqueued_at: { file: string; line: number }[];
}

export interface Gap {
  kind: string;
  message: string;
  file: string;
  line: number;
  recipe: string;
}

/** What is known of one folder. */
export interface Backend {
  uri: string;
  name: string;
  routes: Route[];
  models: Model[];
  jobs: Job[];
  gaps: Gap[];
}

/** The answer to `backwright/status`. */
export interface Status {
  version: string;
  configured: boolean;
  provider: string;
  model: string;
  endpoint: string;
  trusted: boolean;
}
