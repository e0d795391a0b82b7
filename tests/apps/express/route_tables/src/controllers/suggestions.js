exports.list = (req, res) => {
  res.json([]);
};

exports.create = (req, res) => {
  res.status(201).json(req.body);
};

exports.judge = async (req, res) => {
  res.json({ id: req.params.id, verdict: 'accepted' });
};
