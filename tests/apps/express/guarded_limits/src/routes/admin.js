const { Router } = require('express');

const router = Router();

router.get('/occupancy', (req, res) => {
  res.json({ A: 0, B: 0, live: 0 });
});

router.post('/rooms/:room/close', closeRoom);

function closeRoom(req, res) {
  res.status(202).json({ room: req.params.room });
}

module.exports = router;
