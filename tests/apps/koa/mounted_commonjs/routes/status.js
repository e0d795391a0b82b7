'use strict'

const Router = require('@koa/router')

const router = new Router()

router.get('/', (ctx) => { ctx.body = 'garden' })
router.get('health', '/health', (ctx) => { ctx.body = { ok: true } })
router.all('/echo', (ctx) => { ctx.body = ctx.request.body })

module.exports = router
