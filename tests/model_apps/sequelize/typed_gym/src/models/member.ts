import { CreationOptional, DataTypes, InferAttributes, InferCreationAttributes, Model, Sequelize } from "sequelize";

export class Member extends Model<InferAttributes<Member>, InferCreationAttributes<Member>> {
  declare id: CreationOptional<number>;
  declare email: string;
}

export function initMember(sequelize: Sequelize) {
  Member.init(
    {
      id: { type: DataTypes.INTEGER.UNSIGNED, autoIncrement: true, primaryKey: true },
      email: { type: new DataTypes.STRING(128), allowNull: false, unique: "mail" },
      isActive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      extras: { type: DataTypes.JSON, defaultValue: {} },
    },
    { sequelize, tableName: "gym_members", timestamps: true },
  );
}
