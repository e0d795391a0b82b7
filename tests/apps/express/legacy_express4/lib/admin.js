var express = require('express')

var admin = express()

admin.get('/', function (req, res) {
  res.json({ admin: true })
})

admin.get('/log/*.txt', function (req, res) {
  res.type('txt').send('')
})

module.exports = admin
