import express from 'express';

import { answerError, answerNotFound } from './middleware/errors.js';
import api from './routes/index.js';

export function createApp() {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '100kb' }));

  app.get('/health', (req, res) => {
    res.json({ status: 'ok' });
  });
  app.use('/api', api);

  app.use(answerNotFound);
  app.use(answerError);
  return app;
}
