import { Router } from 'express';

export const rss = Router();
export const podcasts = Router();

rss.get('/rss.xml', (req, res) => res.type('application/rss+xml').send('<rss/>'));
podcasts.get('/podcasts/:slug.xml', (req, res) => res.type('application/rss+xml').send('<rss/>'));
