module.exports = {
  ...require("./customer"),
  Order: require("./order"),
  Category: require("./category"),
  ...require("./product"),
};
