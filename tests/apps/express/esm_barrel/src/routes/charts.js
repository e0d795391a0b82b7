import { Router as createRouter } from 'express';

export const router = createRouter();

router.get('/:year-:week', (req, res) => {
  res.json({ year: req.params.year, week: req.params.week, tracks: [] });
});

router.put('/:year-:week/votes/:track', (req, res) => {
  res.status(202).json({ track: req.params.track });
});
