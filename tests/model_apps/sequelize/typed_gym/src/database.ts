import { Sequelize } from "sequelize";

export const sequelize = new Sequelize("sqlite::memory:", {
  dialectModule: {},
  logging: false,
  define: { underscored: true, timestamps: false },
});
