module.exports = (sequelize, DataTypes) => {
  return sequelize.define("Stall", { number: DataTypes.INTEGER }, { freezeTableName: true, updatedAt: false });
};
