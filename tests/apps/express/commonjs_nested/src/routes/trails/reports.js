const express = require('express');
const signedIn = require('../../middleware/signed-in');

// The trail is a parameter of the router above.
const router = express.Router({ mergeParams: true });

router.get('/', (req, res) => {
  res.json({ trail: req.params.trailId, reports: [] });
});

router.post('/', signedIn, (req, res) => {
  res.status(201).json({ trail: req.params.trailId, ...req.body });
});

router.delete('/:reportId', signedIn, (req, res) => {
  res.sendStatus(204);
});

module.exports = router;
