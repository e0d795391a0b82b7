'use strict'

const fp = require('fastify-plugin')

module.exports = fp(async function (fastify) {
  fastify.decorate('someSupport', () => 'hugs')
  fastify.get('/ping', async () => 'pong')
})
