'use strict'

const Router = require('@koa/router')

module.exports = function orders () {
  const router = new Router()
  router.prefix('/orders')
  for (const state of ['open', 'paid']) {
    router.get(`/${state}`, async (ctx) => { ctx.body = state })
  }
  router.register('/bulk', ['post', 'put'], async (ctx) => { ctx.status = 202 })
  return router
}
