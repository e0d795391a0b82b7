import { Router, type IRouter } from 'express';

const router: IRouter = Router();

router.get('/', (_req, res) => {
  res.json([]);
});

router.get('/:lockerId/doors', (req, res) => {
  res.json({ lockerId: Number(req.params.lockerId), free: ['S', 'M'] });
});

export default router;
