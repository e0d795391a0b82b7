import { Router } from 'express';

export const probes = Router();

probes.get('/livez', (req, res) => res.send('alive'));
probes.get('/readyz', (req, res) => res.send('ready'));

export function versioned(version, router) {
  const parent = Router();
  parent.use(`/v${version}`, router);
  return parent;
}
