const { Router } = require('express');
const { body } = require('express-validator');
const { issueToken, requireAuth } = require('../middleware/auth');
const { loginLimiter } = require('../middleware/limits');
const { validate } = require('../middleware/validate');

const router = Router();

router.post(
  '/login',
  loginLimiter,
  body('name').isLength({ min: 2 }),
  body('password').isString().notEmpty(),
  validate,
  (req, res) => {
    res.json({ token: issueToken(req.body.name, req.body.role || 'guest') });
  },
);

router.get('/me', requireAuth, (req, res) => {
  res.json({ name: req.user.name });
});

module.exports = router;
