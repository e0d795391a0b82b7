const express = require('express');

const huts = express.Router();
const weather = express.Router();

huts.get('/', listHuts);
huts.get('/:hut/beds/:night', (req, res) => res.json({ hut: req.params.hut, free: 12 }));
huts.put('/:hut/beds/:night', (req, res) => res.json({ hut: req.params.hut, held: 1 }));

weather.get('/weather/:region', (req, res) => res.json({ region: req.params.region, sky: 'clear' }));

function listHuts(req, res) {
  res.json([]);
}

module.exports = { huts, weather };
