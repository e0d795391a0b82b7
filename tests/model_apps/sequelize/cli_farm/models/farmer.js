"use strict";
const { Model } = require("sequelize");

module.exports = (sequelize, DataTypes) => {
  class Farmer extends Model {
    static associate(models) {
      Farmer.hasMany(models.Field, { foreignKey: "ownerId", as: "fields" });
      Farmer.belongsToMany(models.Market, { through: models.Stall, foreignKey: "farmerId" });
      this.hasOne(models.Licence);
    }
  }
  Farmer.init(
    {
      name: { type: DataTypes.STRING(80), allowNull: false },
      email: { type: DataTypes.STRING, unique: true, validate: { isEmail: true } },
      born: DataTypes.DATEONLY,
      acres: { type: DataTypes.DECIMAL(10, 2), defaultValue: 0 },
      state: { type: DataTypes.ENUM("new", "old"), defaultValue: "new", allowNull: false },
      joined: { type: DataTypes.DATE, defaultValue: DataTypes.NOW },
    },
    { sequelize, modelName: "Farmer", paranoid: true },
  );
  return Farmer;
};
