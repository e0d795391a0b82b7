import express, { type Express } from 'express';
import { errorHandler } from '#http';
import { prefixes } from '@/lib/prefixes';
import { couriers } from '@/routes';
import lockers from '@/routes/lockers';
import { router as parcels } from '@/routes/parcels';

export function createApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json());

  app.use(prefixes.lockers, lockers);
  app.use(`${prefixes.v1}/parcels`, parcels);
  app.use(prefixes.v1, couriers);

  app.get('/healthz', (_req, res) => {
    res.json({ ok: true });
  });
  app.use(errorHandler);
  return app;
}
