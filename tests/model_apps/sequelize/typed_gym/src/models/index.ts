import { Course } from "./course";
import { initMember, Member } from "./member";
import { sequelize } from "../database";

initMember(sequelize);
Course.setup();

Member.hasMany(Course, { foreignKey: "coachId", as: "courses" });
Course.belongsTo(Member, { foreignKey: "coachId", as: "coach" });
Member.belongsToMany(Course, { through: "bookings", as: "booked", foreignKey: "memberId" });

export { sequelize, Member, Course };
