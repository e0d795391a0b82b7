import express from 'express';
import { probes, versioned } from '../../../packages/http/src/index.js';
import sessions from './sessions.mjs';

const app = express();

app.use(probes);
app.use('/sessions', sessions);
app.use('/api', versioned(1, sessions));

export default app;
