var people = []

exports.index = function (req, res) {
  res.json(people)
}

exports.create = function (req, res) {
  people.push(req.body)
  res.status(201).json(req.body)
}

exports.view = function (req, res) {
  res.json(people[req.params.user] || null)
}

exports.update = function (req, res) {
  res.json(req.body)
}
