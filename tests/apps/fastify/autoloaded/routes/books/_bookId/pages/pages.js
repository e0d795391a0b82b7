'use strict'

module.exports = function (fastify, opts, done) {
  fastify.get('/:page', async () => ({}))
  done()
}
