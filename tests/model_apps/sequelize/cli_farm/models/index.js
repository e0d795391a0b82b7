"use strict";

const fs = require("fs");
const path = require("path");
const Sequelize = require("sequelize");

const db = {};
const sequelize = new Sequelize("sqlite::memory:", { dialectModule: {}, logging: false });

fs.readdirSync(__dirname)
  .filter((file) => file !== path.basename(__filename) && file.endsWith(".js"))
  .forEach((file) => {
    const model = require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes);
    db[model.name] = model;
  });

Object.keys(db).forEach((name) => {
  if (db[name].associate) db[name].associate(db);
});

db.sequelize = sequelize;
db.Sequelize = Sequelize;

module.exports = db;
