function start(req, res) {
  res.status(202).json({ job: 1 });
}

function state(req, res) {
  res.json({ job: req.params.job, state: 'running' });
}

function abandon(req, res) {
  res.sendStatus(204);
}

const table = [
  { method: 'post', path: '/', handler: start },
  { method: 'get', path: '/:job', handler: state },
  { method: 'delete', path: '/:job', handler: abandon },
];

module.exports = { table };
