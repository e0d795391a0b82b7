'use strict';

const express = require('express');

module.exports = function journal({ clock }) {
  const router = express.Router();

  router.get('/journal', list);
  router.post('/journal', append);

  function list(req, res) {
    res.json({ until: clock.now(), entries: [] });
  }

  function append(req, res) {
    res.status(201).json(req.body);
  }

  return router;
};
