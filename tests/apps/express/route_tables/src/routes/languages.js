const { Router } = require('express');

const languages = Router();
const translators = Router({ mergeParams: true });

languages.get('/', (req, res) => res.json(['en', 'nl']));
languages.post('/:language/retire', (req, res) => res.sendStatus(202));

translators.get('/', (req, res) => res.json({ language: req.params.language, translators: [] }));
translators.post('/', (req, res) => res.status(201).json(req.body));

module.exports.languages = languages;
module.exports.translators = translators;
