const router = require('express').Router();

router.get('/me', (req, res) => res.json({ walked: 0 }));
router.patch('/me/settings', (req, res) => res.json(req.body));

module.exports = router;
