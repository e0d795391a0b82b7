import { timestamp, uuid } from "drizzle-orm/pg-core";

export const key = () => uuid("id").primaryKey().defaultRandom();

export const dated = {
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp("updated_at").$onUpdate(() => new Date()),
};
