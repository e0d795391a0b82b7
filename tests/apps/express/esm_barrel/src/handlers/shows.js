const shows = new Map([['night-drive', { slug: 'night-drive', title: 'Night drive' }]]);

export function list(req, res) {
  res.json([...shows.values()]);
}

export const create = (req, res) => {
  shows.set(req.body.slug, req.body);
  res.status(201).json(req.body);
};

export async function read(req, res) {
  const show = shows.get(req.params.show);
  if (show === undefined) {
    res.status(404).json({ error: 'off the air' });
    return;
  }
  res.json(show);
}

export function remove(req, res) {
  shows.delete(req.params.show);
  res.status(204).end();
}
