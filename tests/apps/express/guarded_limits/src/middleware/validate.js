const { body, param, validationResult } = require('express-validator');

const createBookingRules = [
  body('room').isIn(['A', 'B', 'live']),
  body('starts').isISO8601(),
  body('hours').isInt({ min: 1, max: 12 }),
];

const bookingIdRules = [param('id').isInt({ min: 1 })];

function validate(req, res, next) {
  const errors = validationResult(req);
  if (!errors.isEmpty()) return res.status(422).json({ errors: errors.array() });
  return next();
}

module.exports = { bookingIdRules, createBookingRules, validate };
