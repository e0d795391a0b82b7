'use strict'

async function routes (fastify) {
  fastify.get('/', async () => [])
  fastify.get('/me', async () => ({}))
}

module.exports = routes
module.exports.autoPrefix = '/members'
