const { initTRPC, TRPCError } = require("@trpc/server");

const t = initTRPC.create();

function requireKey(opts) {
  if (!opts.ctx.key) throw new TRPCError({ code: "UNAUTHORIZED", message: "no key" });
  return opts.next(opts);
}

module.exports = { t, requireKey };
