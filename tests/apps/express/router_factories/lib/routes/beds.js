'use strict';

const { Router } = require('express');

module.exports = ({ store, clock }) => {
  const router = Router();
  const beds = store.table('beds');

  router.get('/', (req, res) => {
    res.json([...beds.values()]);
  });

  router.put('/:bed', (req, res) => {
    beds.set(req.params.bed, { ...req.body, at: clock.now() });
    res.status(204).end();
  });

  router.post('/:bed/water', function water(req, res) {
    res.status(202).json({ bed: req.params.bed, litres: req.body?.litres ?? 1 });
  });

  return router;
};
