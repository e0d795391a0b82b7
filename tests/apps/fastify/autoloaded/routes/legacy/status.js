'use strict'

// A route without a plugin around it.
module.exports = {
  method: 'GET',
  url: '/status',
  handler: async () => ({ old: true })
}
