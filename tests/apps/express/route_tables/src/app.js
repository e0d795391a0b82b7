const express = require('express');
const routers = require('./routes');
const { register } = require('./register');
const suggestions = require('./controllers/suggestions');
const exportsController = require('./controllers/exports');

const app = express();
app.use(express.json());

const mounts = [
  { path: '/terms', router: routers.terms },
  { path: '/languages', router: routers.languages },
  { path: '/languages/:language/translators', router: routers.translators },
];

mounts.forEach(({ path, router }) => {
  app.use(`/api${path}`, router);
});

for (const [prefix, router] of [
  ['/embed', routers.embed],
  ['/widget', routers.embed],
]) {
  app.use(prefix, router);
}

register(app, [
  { method: 'get', path: '/suggestions', handler: suggestions.list },
  { method: 'post', path: '/suggestions', handler: suggestions.create },
  { method: 'put', path: '/suggestions/:id/verdict', handler: suggestions.judge },
]);

register(app, exportsController.table, '/exports');

module.exports = app;
