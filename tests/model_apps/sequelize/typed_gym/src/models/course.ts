import { DataTypes, Model, ModelAttributes } from "sequelize";
import { sequelize } from "../database";

const attributes: ModelAttributes = {
  title: { type: DataTypes.STRING, allowNull: false },
  startsAt: { type: DataTypes.DATE, allowNull: true, field: "start" },
  level: { type: DataTypes.FLOAT, defaultValue: 0.5 },
};

export class Course extends Model {
  static setup() {
    super.init(attributes, { sequelize, modelName: "Course" });
    return this;
  }
}
