'use strict'

// Beside an index file nothing else of the folder is loaded.
module.exports = async (fastify) => {
  fastify.get('/never', async () => [])
}
