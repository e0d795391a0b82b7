import { sailings } from "../../../lib/timetable";

export default async function handler(req, res) {
  const { method, query, body } = req;
  switch (method) {
    case "GET":
      res.status(200).json(sailings.filter((it) => !query.port || it.port === query.port));
      break;
    case "POST":
      sailings.push({ id: sailings.length + 1, port: body.port });
      res.status(201).json(sailings.at(-1));
      break;
    default:
      res.setHeader("Allow", ["GET", "POST"]);
      res.status(405).end(`Method ${method} Not Allowed`);
  }
}
