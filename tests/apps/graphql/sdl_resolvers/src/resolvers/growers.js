const growers = [];

const Query = {
  growers: (_, { first }) => growers.slice(0, first),
  grower(_, { id }) {
    return growers.find((it) => it.id === id);
  },
};

function addGrower(_, { input }, { user }) {
  if (!user) throw new Error("sign in first");
  growers.push(input);
  return input;
}

async function* growerAdded() {
  yield { growerAdded: growers.at(-1) };
}

module.exports = { Query, addGrower, growerAdded };
