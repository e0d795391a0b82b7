import { Router } from 'express';

export const schedule = Router({ mergeParams: true });

schedule.get('/', (req, res) => res.json({ show: req.params.show, slots: [] }));
schedule.put('/:weekday', (req, res) => res.json({ show: req.params.show, ...req.params }));
