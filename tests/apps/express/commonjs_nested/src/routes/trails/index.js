const express = require('express');
const store = require('../../store');
const signedIn = require('../../middleware/signed-in');
const reports = require('./reports');

const router = express.Router();

router.get('/', (req, res) => {
  res.json(store.trails);
});

router.post('/', signedIn, (req, res) => {
  const trail = { id: store.trails.length + 1, ...req.body };
  store.trails.push(trail);
  res.status(201).json(trail);
});

router.get('/:trailId', (req, res) => {
  const trail = store.trails.find((it) => it.id === Number(req.params.trailId));
  if (!trail) return res.status(404).json({ error: 'no such trail' });
  return res.json(trail);
});

router.use('/:trailId/reports', reports);

module.exports = router;
