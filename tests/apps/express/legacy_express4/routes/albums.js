var express = require('express')

var router = express.Router()
var photos = express.Router({ mergeParams: true })

router.use('/:album/photos', photos)

router.get('/', function (req, res) {
  res.json([])
})

router.get('/:id(\\d+)', function (req, res) {
  res.json({ id: Number(req.params.id) })
})

router.post('/:id(\\d+)/cover', function (req, res) {
  res.sendStatus(204)
})

photos.get('/', function (req, res) {
  res.json({ album: req.params.album, photos: [] })
})

photos.get('/:from-:to', function (req, res) {
  res.json(req.params)
})

photos.get('/:name.:format', function (req, res) {
  res.json({ name: req.params.name, format: req.params.format })
})

module.exports = router
