import { Router } from 'express';
import { requireCourier } from '#http';

const couriers = Router();

couriers.use('/courier', requireCourier);
couriers.get('/courier/round', (_req, res) => {
  res.json({ stops: [] });
});
couriers.post('/courier/round/:stop/done', (req, res) => {
  res.json({ stop: req.params.stop });
});

export { couriers };
