/** Hangs every row of a table on the app. */
function register(app, routes, prefix = '') {
  routes.forEach((route) => {
    app[route.method](prefix + route.path, route.handler);
  });
}

module.exports = { register };
