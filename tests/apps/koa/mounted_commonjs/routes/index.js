'use strict'

const compose = require('koa-compose')

const plants = require('./plants')
const orders = require('./orders')()
const files = require('./files')

module.exports = compose([plants.routes(), orders.routes(), files.middleware()])
