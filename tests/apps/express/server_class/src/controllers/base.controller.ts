import { Router } from 'express';

export abstract class BaseController {
  readonly router = Router();

  constructor() {
    this.router.get('/version', (_req, res) => {
      res.json({ version: 1 });
    });
    this.register();
  }

  protected abstract register(): void;
}
