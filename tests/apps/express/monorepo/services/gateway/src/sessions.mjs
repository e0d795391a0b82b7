import { Router } from 'express';

const sessions = Router();

sessions.post('/', (req, res) => res.status(201).json({ id: 1 }));
sessions.delete('/:id', (req, res) => res.sendStatus(204));

export default sessions;
