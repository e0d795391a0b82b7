import express from 'express';

export const reports = express();

reports.get('/daily', (req, res) => res.json([]));
reports.get('/daily/:date', (req, res) => res.json({ date: req.params.date }));
