const bookings = new Map();

exports.list = (req, res) => {
  res.json([...bookings.values()].map(({ room, starts, hours }) => ({ room, starts, hours })));
};

exports.create = async (req, res) => {
  const booking = { id: bookings.size + 1, by: req.user.name, ...req.body };
  bookings.set(booking.id, booking);
  res.status(201).json(booking);
};

exports.read = async (req, res) => {
  const booking = bookings.get(Number(req.params.id));
  if (!booking) return res.status(404).json({ error: 'no such booking' });
  return res.json(booking);
};

exports.cancel = async (req, res) => {
  bookings.delete(Number(req.params.id));
  res.sendStatus(204);
};
