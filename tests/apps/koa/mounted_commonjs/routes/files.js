'use strict'

const Router = require('@koa/router')

const router = new Router()

router.get('/files/*path', (ctx) => { ctx.body = ctx.params.path })
router.get(['/docs', '/manual{/:chapter}'], (ctx) => { ctx.body = 'read' })

module.exports = router
