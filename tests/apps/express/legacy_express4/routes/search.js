module.exports = function (app) {
  app.get('/search/:query?', function (req, res) {
    res.json({ query: req.params.query || null })
  })

  app.get('/tags', tags)
}

function tags (req, res) {
  res.json([])
}
