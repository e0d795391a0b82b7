const express = require('express');

exports.router = express.Router();

exports.router.get('/', (req, res) => res.type('html').send('<dl></dl>'));
exports.router.get('/:term.js', (req, res) => res.type('js').send(''));
