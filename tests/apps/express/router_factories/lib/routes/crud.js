'use strict';

const { Router } = require('express');

// The same five answers for everything that is only kept in a drawer.
module.exports = function crud({ store, kind }) {
  const rows = store.table(kind);
  const router = Router();

  router.get('/', (req, res) => res.json([...rows.values()]));
  router.post('/', (req, res) => {
    const row = { id: rows.size + 1, ...req.body };
    rows.set(row.id, row);
    res.status(201).json(row);
  });
  router.get('/:id', (req, res) => {
    const row = rows.get(Number(req.params.id));
    if (row) res.json(row);
    else res.status(404).json({ error: `nothing in ${kind}` });
  });
  router.delete('/:id', (req, res) => {
    rows.delete(Number(req.params.id));
    res.sendStatus(204);
  });

  return router;
};
