const mongoose = require("mongoose");

module.exports = mongoose.models.Category || mongoose.model(
  "Category",
  mongoose.Schema({
    title: { type: String, required: true, unique: true },
    parent: { type: mongoose.Types.ObjectId, ref: "Category" },
  }),
);
