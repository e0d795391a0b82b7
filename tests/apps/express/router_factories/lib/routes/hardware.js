'use strict';

const express = require('express');

function createSensors(store) {
  const sensors = express.Router();
  sensors.get('/', (req, res) => res.json([...store.table('sensors').keys()]));
  sensors.get('/:id/readings', (req, res) => res.json({ id: req.params.id, readings: [] }));
  return sensors;
}

const createValves = ({ store }) =>
  express
    .Router()
    .get('/valves', (req, res) => res.json([...store.table('valves').keys()]))
    .post('/valves/:id/open', (req, res) => res.status(202).end())
    .post('/valves/:id/close', (req, res) => res.status(202).end());

module.exports = { createSensors, createValves };
