import { Router, type Request, type Response } from 'express';

export class GarageController {
  public router: Router = Router();

  constructor() {
    this.initializeRoutes();
  }

  private initializeRoutes(): void {
    this.router.get('/', this.list);
    this.router.post('/', this.open.bind(this));
    this.router.get('/:garageId/levels/:level', this.level);
  }

  private list = (_req: Request, res: Response): void => {
    res.json([]);
  };

  private open(req: Request, res: Response): void {
    res.status(201).json(req.body);
  }

  private level(req: Request, res: Response): void {
    res.json({ garage: req.params.garageId, level: req.params.level, free: 7 });
  }
}
