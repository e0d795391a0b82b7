// Models, jobs and gaps as lists with their parts.

import type { Backend, Field, Gap, Job, Model } from '../protocol';
import { counted, grouped, perFolder, type Node } from './node';

export function modelNodes(backends: readonly Backend[]): Node[] {
  return perFolder(backends, (backend) =>
    [...backend.models].sort((one, other) => one.name.localeCompare(other.name)).map((it) => modelNode(backend, it)),
  );
}

function modelNode(backend: Backend, model: Model): Node {
  const stored = model.table === '' ? model.kind : `${model.kind} · table ${model.table}`;
  return {
    label: model.name,
    id: `${model.name} ${model.file}:${model.line}`,
    description: stored,
    icon: model.table === '' ? 'symbol-interface' : 'database',
    spoken: `${model.name}, ${stored}, ${counted(model.fields.length, 'field')}`,
    tooltip: `${model.file}:${model.line}`,
    kind: 'model',
    backend,
    place: { file: model.file, line: model.line },
    children: [
      ...model.fields.map((it) => ({
        label: it.name,
        id: `field ${it.name}`,
        description: [it.type, ...notes(it)].filter((word) => word !== '').join(' · '),
        icon: it.primary_key ? 'key' : 'symbol-field',
        kind: 'field',
      })),
      ...model.relations.map((it) => ({
        label: it.name,
        id: `relation ${it.name}`,
        description: `${it.kind} ${it.target}`,
        icon: 'references',
        kind: 'relation',
      })),
    ],
  };
}

function notes(field: Field): string[] {
  return [field.primary_key ? 'primary key' : '', field.unique ? 'unique' : '', field.nullable ? 'null' : ''];
}

export function jobNodes(backends: readonly Backend[]): Node[] {
  return perFolder(backends, (backend) => backend.jobs.map((it) => jobNode(backend, it)));
}

function jobNode(backend: Backend, job: Job): Node {
  const facts = [
    job.schedule,
    job.queue === '' ? '' : `queue ${job.queue}`,
    job.retries === null ? '' : job.retries < 0 ? 'retries without end' : counted(job.retries, 'retry').replace('retrys', 'retries'),
  ].filter((it) => it !== '');
  return {
    label: job.name,
    id: `${job.name} ${job.file}:${job.line}`,
    description: [job.framework, ...facts].join(' · '),
    icon: job.schedule === '' ? 'play-circle' : 'clock',
    spoken: `${job.name}, ${facts.join(', ')}, asked for in ${counted(job.enqueued_at.length, 'place')}`,
    tooltip: `${job.file}:${job.line}`,
    kind: 'job',
    backend,
    place: { file: job.file, line: job.line },
    children: job.enqueued_at.map((it) => ({
      label: `asked for in ${it.file}:${it.line}`,
      id: `${it.file}:${it.line}`,
      icon: 'call-incoming',
      kind: 'place',
      backend,
      place: it,
    })),
  };
}

export function gapNodes(backends: readonly Backend[]): Node[] {
  return perFolder(backends, (backend) =>
    [...grouped(backend.gaps, (it) => it.kind)].map(([kind, gaps]) => ({
      label: titleOf(kind),
      id: kind,
      description: String(gaps.length),
      icon: kind === 'sql-injection' ? 'error' : 'warning',
      kind: 'gaps',
      children: gaps.map((it) => gapNode(backend, it)),
    })),
  );
}

function gapNode(backend: Backend, gap: Gap): Node {
  return {
    label: gap.message,
    id: `${gap.message} ${gap.file}:${gap.line}`,
    description: `${gap.file}:${gap.line}`,
    kind: gap.recipe === '' ? 'gap' : 'gap-fixable',
    backend,
    place: { file: gap.file, line: gap.line },
    recipe: gap.recipe,
  };
}

function titleOf(kind: string): string {
  const words = kind.replaceAll('-', ' ').replace(/\bsql\b/, 'SQL');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
