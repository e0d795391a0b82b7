'use strict'

module.exports = async function (fastify) {
  fastify.post('/sessions', async () => ({}))
}
module.exports.prefixOverride = '/auth'
