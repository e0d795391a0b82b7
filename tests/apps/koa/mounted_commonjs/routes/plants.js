'use strict'

const Router = require('@koa/router')
const auth = require('../lib/auth')

const router = new Router({ prefix: '/plants' })
const care = new Router()

care.get('/', (ctx) => { ctx.body = [] })
care.put('/:careId', auth.required, async (ctx) => { ctx.body = ctx.request.body })

router
  .get('plants', '/', list)
  .post('/', auth.required, create)
  .get('plant', '/:id', show)
  .del('/:id', auth.required, async (ctx) => { ctx.status = 204 })

router.use('/:plantId/care', care.routes(), care.allowedMethods())

async function list (ctx) {
  const { page, sort } = ctx.query
  ctx.body = { page, sort }
}

async function create (ctx) {
  const { name } = ctx.request.body
  ctx.body = { name }
  ctx.status = 201
}

function show (ctx) {
  ctx.body = { id: ctx.params.id }
}

module.exports = router
