import { sailings } from "../../../../lib/timetable";

export default function handler(req, res) {
  const sailing = sailings.find((it) => it.id === Number(req.query.id));
  if (req.method === "GET") {
    return res.json(sailing ?? null);
  }
  if (req.method === "PUT" || req.method === "PATCH") {
    return res.json({ ...sailing, ...req.body });
  }
  if (req.method === "DELETE") {
    return res.status(204).end();
  }
  return res.status(405).json({ message: "Method not allowed" });
}
