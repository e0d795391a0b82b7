'use strict'

module.exports = async (fastify) => {
  fastify.get('/', async (request) => ({ id: request.params.bookId }))
  fastify.delete('/', async (request, reply) => reply.code(204).send())
}
