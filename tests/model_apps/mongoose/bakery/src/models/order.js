const { Schema } = require("mongoose");
const { owned } = require("./shared");
const { Product } = require("./product");

const schema = new Schema(
  {
    _id: { type: String, default: () => "x" },
    customer: { type: Schema.Types.ObjectId, ref: "Customer", required: true },
    lines: [{ product: { type: Schema.Types.ObjectId, ref: Product }, amount: { type: Number, min: 1 } }],
    total: { type: Schema.Types.Decimal128, required: true },
    delivery: { type: new Schema({ at: Date }), required: false },
    ...owned,
  },
  { collection: "sales", timestamps: { createdAt: "placedAt", updatedAt: false } },
);
schema.add({ paid: { type: Boolean, required: true, default: false } });
schema.index({ placedAt: 1 });

module.exports = require("mongoose").model("Order", schema);
