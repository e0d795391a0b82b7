const { Router } = require('express');
const { huts, weather } = require('./places');

const router = Router();

router.use('/trails', require('./trails'));
router.use('/huts', huts);
router.use(weather);
router.use('/walkers/', require('./walkers'));

module.exports = router;
