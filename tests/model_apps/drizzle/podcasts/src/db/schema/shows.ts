import { relations } from "drizzle-orm";
import { bigserial, foreignKey, integer, pgSchema, smallint, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { dated, key } from "./columns";
import { listeners, subscriptions } from "./people";

const media = pgSchema("media");

export const shows = media.table("shows", {
  id: key(),
  title: text("title").notNull(),
  hostId: integer("host_id").references(() => listeners.id),
  ...dated,
});

export const episodes = media.table(
  "episodes",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    showId: uuid("show_id").notNull(),
    number: smallint().notNull().$defaultFn(() => 1),
    airs: timestamp("airs", { mode: "string", precision: 3 }),
  },
  (table) => [foreignKey({ columns: [table.showId], foreignColumns: [shows.id], name: "of_show" })],
);

export const showsRelations = relations(shows, ({ many, one }) => ({
  episodes: many(episodes),
  host: one(listeners, { fields: [shows.hostId], references: [listeners.id] }),
  subscriptions: many(subscriptions),
}));
