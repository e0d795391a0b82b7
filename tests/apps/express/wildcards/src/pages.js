import { Router } from 'express';

const pages = Router({ mergeParams: true, strict: true });

pages.get('/', (req, res) => res.json({ wiki: req.params.wiki, pages: [] }));
pages.get('/:slug@:revision', (req, res) => res.json(req.params));
pages.get('/:slug', (req, res) => res.json({ slug: req.params.slug }));
pages.get('/:slug/history/', (req, res) => res.json([]));

export default pages;
