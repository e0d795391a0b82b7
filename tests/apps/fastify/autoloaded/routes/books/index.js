'use strict'

module.exports = async (fastify) => {
  fastify.get('/', async () => [])
  fastify.post('/', async (request) => request.body)
}
