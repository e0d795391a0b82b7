import { relations, sql } from "drizzle-orm";
import * as pg from "drizzle-orm/pg-core";
import { boolean, index, integer, pgEnum, pgTable, primaryKey, serial, text, unique, uniqueIndex, uuid, varchar, jsonb, numeric } from "drizzle-orm/pg-core";
import { dated, key } from "./columns";
import { episodes, shows } from "./shows";

export const role = pgEnum("listener_role", ["free", "paid"]);

export const listeners = pgTable(
  "listeners",
  {
    id: serial().primaryKey(),
    email: varchar("email", { length: 254 }).notNull().unique(),
    name: text(),
    role: role("role").notNull().default("free"),
    languages: text("languages").array().notNull().default(sql`'{}'`),
    settings: jsonb("settings").$type<{ dark: boolean }>().default({ dark: false }),
    balance: numeric("balance", { precision: 10, scale: 2 }).default("0"),
    active: boolean("is_active").default(true).notNull(),
    referrer: integer("referrer_id").references((): pg.AnyPgColumn => listeners.id),
    ...dated,
  },
  (t) => [uniqueIndex("one_name").on(t.name), index("by_role").on(t.role, t.createdAt.desc())],
);

export const subscriptions = pg.pgTable(
  "subscriptions",
  {
    listenerId: integer("listener_id").notNull().references(() => listeners.id, { onDelete: "cascade" }),
    showId: uuid("show_id").notNull().references(() => shows.id),
    since: pg.date("since").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.listenerId, table.showId] }),
    unique("once").on(table.listenerId, table.since),
  ],
);

export const profiles = pgTable("profiles", (t) => ({
  listenerId: t.integer("listener_id").primaryKey().references(() => listeners.id),
  bio: t.text(),
}));

export const listenersRelations = relations(listeners, ({ one, many }) => ({
  subscriptions: many(subscriptions),
  profile: one(profiles),
  referredBy: one(listeners, { fields: [listeners.referrer], references: [listeners.id] }),
}));

export const subscriptionsRelations = relations(subscriptions, ({ one }) => ({
  listener: one(listeners, { fields: [subscriptions.listenerId], references: [listeners.id] }),
  show: one(shows, { fields: [subscriptions.showId], references: [shows.id] }),
}));

export const profilesRelations = relations(profiles, (r) => ({
  listener: r.one(listeners, { fields: [profiles.listenerId], references: [listeners.id] }),
}));
