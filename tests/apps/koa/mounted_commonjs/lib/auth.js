'use strict'

exports.required = async function required (ctx, next) {
  if (ctx.get('authorization') !== 'Bearer secret') ctx.throw(401)
  await next()
}
