export function crud(name, { readonly = false } = {}) {
  return async function routes(instance) {
    instance.get("/", async () => []);
    instance.get("/:id", async (request) => ({ name, id: request.params.id }));
  };
}
