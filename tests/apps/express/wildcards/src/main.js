import express from 'express';
import { admin } from './admin.js';
import files from './files.js';
import pages from './pages.js';

const app = express();
app.set('etag', 'strong');

app.use('/files', files);
app.use('/admin', admin);
app.use('/:wiki/pages', pages);

app.get('/feed{.:format}', (req, res) => res.json({ format: req.params.format ?? 'atom' }));
app.get('/calendar/:year{/:month}', (req, res) => res.json(req.params));

// Anything else is answered by the single page.
app.get('/{*path}', (req, res) => res.type('html').send('<div id="wiki"></div>'));

export default app;
