var express = require('express')
var albums = require('./routes/albums')
var files = require('./routes/files')
var admin = require('./lib/admin')
var users = require('./routes/users')

var app = module.exports = express()

app.use(express.json())
app.use(express.static(__dirname + '/public'))

app.use('/albums', albums)
app.use('/files/', files)
app.use('/admin', admin)
require('./routes/search')(app)

app.route('/users')
  .get(users.index)
  .post(users.create)
app.get('/users/:user', users.view)
app.put('/users/:user/edit', users.update)

app.get('/robots.txt', function (req, res) {
  res.type('txt').send('User-agent: *')
})

app.get('*', function (req, res) {
  res.status(404).json({ error: 'not in the archive' })
})

if (!module.parent) {
  app.listen(3000)
}
