const express = require('express');

const router = (module.exports = express.Router());

router.get('/', (req, res) => res.json([]));
router.post('/', (req, res) => res.status(201).json(req.body));
router.get('/:term', (req, res) => res.json({ term: req.params.term }));
router.put('/:term/definitions/:language', (req, res) => res.json(req.params));
