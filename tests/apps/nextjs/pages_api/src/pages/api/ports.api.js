const handler = (req, res) => {
  if (!["GET", "HEAD"].includes(req.method)) return res.status(405).end();
  res.setHeader("Cache-Control", "max-age=60");
  return res.json(["Uig", "Tarbert"]);
};

export default handler;
