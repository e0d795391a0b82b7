import { sql } from "drizzle-orm";
import { index, int, integer, real, sqliteTableCreator, text } from "drizzle-orm/sqlite-core";
import { mysqlEnum, mysqlTable, serial, varchar } from "drizzle-orm/mysql-core";

const table = sqliteTableCreator((name) => `cache_${name}`);

export const downloads = table(
  "downloads",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    url: text("url", { length: 2000 }).notNull(),
    size: real("size"),
    kind: text({ enum: ["audio", "image"] }).default("audio"),
    at: text("at").default(sql`CURRENT_TIMESTAMP`),
    done: int("done", { mode: "boolean" }).notNull().default(false),
  },
  (t) => ({ byKind: index("by_kind").on(t.kind) }),
);

export const plays = mysqlTable("plays", {
  id: serial("id").primaryKey(),
  device: varchar("device", { length: 40 }).notNull().unique(),
  quality: mysqlEnum("quality", ["low", "high"]),
});
