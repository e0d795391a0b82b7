const mongoose = require("mongoose");

const address = new mongoose.Schema({ street: String, town: { type: String, required: true } }, { _id: false });

const owned = { owner: { type: mongoose.Schema.Types.ObjectId, ref: "Customer", required: true, index: true } };

module.exports = { address, owned };
