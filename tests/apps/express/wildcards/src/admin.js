import express from 'express';
import { reports } from './reports.js';

// An app of its own, so that its settings do not leak into the wiki.
export const admin = express();
admin.set('case sensitive routing', true);

const users = express.Router();
users.get('/', (req, res) => res.json([]));
users.post('/:user/block', (req, res) => res.sendStatus(204));

admin.get('/', (req, res) => res.json({ wiki: 'admin' }));
admin.use('/users', users);
admin.use('/reports', reports);
