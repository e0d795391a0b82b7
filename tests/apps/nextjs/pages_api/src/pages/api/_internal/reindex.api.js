export default function handler(req, res) {
  if (req.headers["x-key"] !== "let-me-in") return res.status(401).end();
  res.json({ started: true });
}
