const { rateLimit } = require('express-rate-limit');

const apiLimiter = rateLimit({
  windowMs: 15 * 60 * 1000,
  limit: 300,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
});

const loginLimiter = rateLimit({ windowMs: 60 * 1000, limit: 5, legacyHeaders: false });

module.exports = { apiLimiter, loginLimiter };
