'use strict'

module.exports = async function (fastify) {
  fastify.get('/idea', async () => ({}))
}
