export const config = { api: { responseLimit: false } };

export default async function handler({ method, query }, res) {
  if (method !== "GET") return res.status(405).end();
  res.send(query.tile ?? []);
}
