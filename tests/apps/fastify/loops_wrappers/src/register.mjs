export function register(app, modules) {
  modules.forEach(({ prefix, plugin }) => {
    app.register(plugin, { prefix });
  });
}
