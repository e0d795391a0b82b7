import { Router } from 'express';

const files = Router();

files.put('/*splat', (req, res) => {
  res.status(201).json({ parts: req.params.splat });
});

files.get('/by-hash/:algorithm/*digest', (req, res) => {
  res.json({ algorithm: req.params.algorithm });
});

files.post('/archives/*folder/pack', (req, res) => {
  res.status(202).json({ folder: req.params.folder });
});

files.get('/*splat', (req, res) => {
  res.json({ parts: req.params.splat });
});

export default files;
