module.exports = (sequelize, DataTypes) => {
  const Market = sequelize.define("Market", {
    id: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4, primaryKey: true },
    town: { type: DataTypes.STRING, allowNull: false },
  });
  Market.associate = function (models) {
    Market.belongsToMany(models.Farmer, { through: models.Stall, foreignKey: "marketId", as: "sellers" });
  };
  return Market;
};
