import { Router } from 'express';

const backstage = Router();

backstage.get('/', (req, res) => res.json({ onAir: true }));
backstage.post('/mute', (req, res) => res.json({ onAir: false }));

export default backstage;
