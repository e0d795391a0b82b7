const { z } = require("zod");

const login = z.strictObject({
  email: z.string().email().toLowerCase(),
  password: z.string().min(8),
  remember: z.optional(z.boolean()),
  device: z.nullable(z.string()),
});

module.exports = { login };
