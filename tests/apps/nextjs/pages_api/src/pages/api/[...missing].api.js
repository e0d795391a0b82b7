export default function handler(req, res) {
  res.status(200).json({ unknown: req.query.missing });
};
