const growers = require("./growers");
const { seedQueries, seedMutations } = require("./seeds");

module.exports = {
  Query: { ...growers.Query, ...seedQueries },
  RootMutation: { addGrower: growers.addGrower, ...seedMutations },
  Subscription: {
    growerAdded: { subscribe: growers.growerAdded },
  },
  Grower: { name: (grower) => grower.name.trim() },
};
