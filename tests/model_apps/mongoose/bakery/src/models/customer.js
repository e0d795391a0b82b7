const mongoose = require("mongoose");
const { address } = require("./shared");

const { Schema, model } = mongoose;

const customerSchema = new Schema(
  {
    email: { type: String, required: [true, "needed"], unique: true, lowercase: true },
    name: { first: { type: String, trim: true }, last: String },
    age: Number,
    born: Date,
    newsletter: { type: Boolean, default: false },
    address,
    addresses: [address],
    tags: [String],
    favourites: [{ type: Schema.Types.ObjectId, ref: "Product" }],
    photo: Buffer,
    settings: { type: Map, of: String },
    anything: {},
    mixed: Schema.Types.Mixed,
    state: { type: String, enum: ["new", "regular"], default: "new" },
    joined: { type: Date, default: Date.now },
    referrer: { type: "ObjectId", ref: "Customer", default: null },
    type: { type: String },
  },
  { timestamps: true },
);

customerSchema.index({ "name.last": 1, born: -1 }, { name: "by_name" });
customerSchema.virtual("orders", { ref: "Order", localField: "_id", foreignField: "customer" });
customerSchema.methods.greet = function () {
  return `Hello ${this.name.first}`;
};

exports.Customer = model("Customer", customerSchema);
