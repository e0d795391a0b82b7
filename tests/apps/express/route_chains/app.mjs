import express from 'express';
import { readers, writers } from './middleware.mjs';
import { coaches, gyms, memberships } from './routes/people.mjs';
import plans from './routes/plans.mjs';

const app = express();

app.use(express.json());

app
  .route('/workouts')
  .get(readers, (req, res) => res.json([]))
  .post(writers, (req, res) => res.status(201).json(req.body));

app
  .route('/workouts/:workoutId')
  .get(readers, (req, res) => res.json({ id: Number(req.params.workoutId) }))
  .patch(writers, (req, res) => res.json({ id: Number(req.params.workoutId), ...req.body }))
  .delete([...writers], (req, res) => res.sendStatus(204));

app.use('/plans', plans);
app.use(['/coaches', '/trainers'], coaches);
app.use('/gyms', readers, gyms);
gyms.use('/:gym/memberships', memberships);

app.all('/echo', (req, res) => res.json({ method: req.method, body: req.body ?? null }));
app.get(['/about', '/imprint'], (req, res) => res.send('workouts'));
app.head('/beacon', (req, res) => res.sendStatus(204));
app.options('/beacon', (req, res) => res.set('Allow', 'HEAD').sendStatus(204));

export default app;
