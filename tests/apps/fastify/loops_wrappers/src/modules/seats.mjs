const table = [
  { method: "GET", url: "/", handler: async () => [] },
  { method: "PATCH", url: "/:row-:number", handler: async () => ({}) },
  { method: ["PUT", "DELETE"], path: "/:row/hold", handler: async () => ({}) },
];

export const routes = async (instance) => {
  for (const route of table) instance.route(route);
};
