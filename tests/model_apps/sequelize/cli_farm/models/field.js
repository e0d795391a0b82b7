module.exports = function (sequelize, DataTypes) {
  const { INTEGER, TEXT, BOOLEAN } = DataTypes;
  const Field = sequelize.define(
    "Field",
    {
      code: { type: INTEGER.UNSIGNED, primaryKey: true },
      ownerId: { type: INTEGER, allowNull: false, field: "owner_id", references: { model: "Farmers", key: "id" } },
      notes: TEXT,
      fallow: { type: BOOLEAN, defaultValue: false },
    },
    { tableName: "plots", timestamps: false, indexes: [{ fields: ["notes"] }, { unique: true, name: "once", fields: ["owner_id", "code"] }] },
  );
  Field.associate = (models) => {
    Field.belongsTo(models.Farmer, { as: "owner", foreignKey: "ownerId" });
  };
  return Field;
};
