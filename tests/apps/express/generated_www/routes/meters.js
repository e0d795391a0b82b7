const { Router } = require("express");

module.exports = function meters(zones) {
  const router = Router();
  router.get("/", (req, res) => res.json(zones));
  router.post("/:meterId/coins", (req, res) => res.status(201).json({ cents: req.body.cents }));
  return router;
};
