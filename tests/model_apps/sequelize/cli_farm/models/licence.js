module.exports = (sequelize, DataTypes) => {
  const Licence = sequelize.define("Licence", { number: { type: DataTypes.BIGINT, allowNull: false } }, { underscored: true });
  Licence.associate = ({ Farmer }) => {
    Licence.belongsTo(Farmer, { foreignKey: { allowNull: false } });
  };
  return Licence;
};
