import express from 'express';

export default class BarrierController {
  routes(): express.Router {
    const router = express.Router();
    router.post('/barriers/:barrier/raise', this.raise);
    router.get('/barriers/:barrier/log', this.log);
    return router;
  }

  private raise(req: express.Request, res: express.Response): void {
    res.status(202).json({ barrier: req.params.barrier });
  }

  private log(_req: express.Request, res: express.Response): void {
    res.json([]);
  }
}
