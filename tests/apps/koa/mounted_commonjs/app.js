'use strict'

const Koa = require('koa')
const mount = require('koa-mount')

const auth = require('./lib/auth')
const routes = require('./routes')
const status = require('./routes/status')
const admin = require('./admin')

const app = new Koa()

app.use(async (ctx, next) => {
  const started = Date.now()
  await next()
  ctx.set('X-Response-Time', `${Date.now() - started}ms`)
})
app.use(status.routes()).use(status.allowedMethods())
app.use(mount('/api', routes))
app.use(auth.required)
app.use(mount('/admin', admin))

module.exports = app
if (require.main === module) app.listen(3000)
