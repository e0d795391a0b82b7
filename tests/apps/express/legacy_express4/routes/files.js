var router = require('express').Router()

router.get('/thumbs/:size/*', function (req, res) {
  res.json({ size: req.params.size, path: req.params[0] })
})

router.put('/:path(*)/meta', function (req, res) {
  res.json({ path: req.params.path })
})

router.delete('/trash/:name?', function (req, res) {
  res.sendStatus(204)
})

router.get('/*', function (req, res) {
  res.json({ path: req.params[0] })
})

module.exports = router
