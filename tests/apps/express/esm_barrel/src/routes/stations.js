import express from 'express';

const stations = express.Router();

stations
  .get('/', (req, res) => res.json([]))
  .get('/:callsign/now', (req, res) => res.json({ callsign: req.params.callsign, track: null }))
  .post('/:callsign/requests', (req, res) => res.status(202).end());

export { stations as default };
