import { Router } from 'express';

export const coaches = Router();
export const gyms = Router();
export const memberships = Router({ mergeParams: true });

coaches.get('/', (req, res) => res.json([]));
coaches.get('/:coach', (req, res) => res.json({ coach: req.params.coach }));

gyms.get('/', (req, res) => res.json([]));
gyms.get('/:gym', (req, res) => res.json({ gym: req.params.gym }));

memberships.post('/', (req, res) => res.status(201).json({ gym: req.params.gym }));
memberships.delete('/:number', (req, res) => res.sendStatus(204));
