const mongoose = require("mongoose");

const Product = mongoose.model(
  "Product",
  new mongoose.Schema({ name: { type: String, required: true }, price: mongoose.Schema.Types.Number }, { discriminatorKey: "kind" }),
);
const Cake = Product.discriminator("Cake", new mongoose.Schema({ layers: { type: Number, default: 1 } }));

module.exports = { Product, Cake };
