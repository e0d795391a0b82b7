import type { Request, Response } from 'express';
import { BaseController } from './base.controller';

export class PermitController extends BaseController {
  protected register(): void {
    this.router
      .route('/:plate')
      .get((req, res) => this.show(req, res))
      .put((req, res) => this.grant(req, res));
    this.router.delete('/:plate', this.revoke);
  }

  private show(req: Request, res: Response): void {
    res.json({ plate: req.params.plate });
  }

  private grant(req: Request, res: Response): void {
    res.status(201).json({ plate: req.params.plate });
  }

  private revoke(_req: Request, res: Response): void {
    res.sendStatus(204);
  }
}
