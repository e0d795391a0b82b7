'use strict'

module.exports = async function (fastify) {
  fastify.get('/gone', async () => ({}))
}
module.exports.autoload = false
