const { Router } = require('express');
const controller = require('../bookings.controller');
const { requireAuth } = require('../middleware/auth');
const { bookingIdRules, createBookingRules, validate } = require('../middleware/validate');

const router = Router();

router.get('/', controller.list);

router.use(requireAuth);

router.post('/', createBookingRules, validate, controller.create);
router.get('/:id', bookingIdRules, validate, controller.read);
router.delete('/:id', bookingIdRules, validate, controller.cancel);

module.exports = router;
