import * as z from "zod";
import { Address, Cents, Page } from "./common";

enum Speed {
  Slow = "slow",
  Fast = "fast",
}

export const base = z.object({
  weight: z.number().positive(),
  speed: z.nativeEnum(Speed).default(Speed.Slow),
  note: z.string().trim().max(80).nullable(),
  tags: z.string().array().default([]),
  insured: z.boolean().optional(),
  value: Cents.nullish(),
});

export const ParcelCreate = base
  .extend({
    from: Address,
    to: Address.partial(),
    stops: z.array(Address).min(1),
    meta: z.record(z.string(), z.unknown()).optional(),
    extra: z.any(),
  })
  .strict()
  .refine((parcel) => parcel.weight < 30, { message: "too heavy" });

export const ParcelUpdate = base.partial().omit({ speed: true });
export const ParcelSummary = base.pick({ weight: true, note: true }).required();
export const Parcel = z.object({
  ...base.shape,
  id: z.uuid(),
  sender: z.object({ name: z.string() }).nullable(),
  status: z.union([z.literal("sent"), z.literal("lost")]),
  sentAt: z.date().default(() => new Date()),
  weighed: z.preprocess(Number, z.number()),
  pair: z.tuple([z.string(), z.number()]),
  kind: z.string().transform((it) => it.length),
  parent: z.lazy(() => Address).optional(),
  total: z.bigint().catch(0n),
});
export const ParcelQuery = Page.extend({ q: z.string().optional(), sort: z.enum({ up: "up", down: "down" }).optional() });
export const Tracked = Parcel.merge(z.object({ seen: z.iso.datetime() })).partial({ seen: true });
