import express, { type Express } from 'express';
import { probes } from '@secondhand/http';
import books from '~routes/books';
import { records } from '~routes/records';

export async function buildApp(): Promise<Express> {
  const app = express();
  app.use(probes);
  app.use('/books', books);
  app.use('/records', records);
  return app;
}
