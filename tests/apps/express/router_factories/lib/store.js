'use strict';

exports.openStore = () => {
  const tables = new Map();
  return {
    table(name) {
      if (!tables.has(name)) tables.set(name, new Map());
      return tables.get(name);
    },
  };
};
