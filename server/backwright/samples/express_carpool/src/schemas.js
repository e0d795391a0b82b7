import { z } from 'zod';

const id = z.coerce.number().int().positive();
const place = z.string().trim().min(2).max(80);
const seats = z.number().int().min(1).max(8);
const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .refine((text) => Date.parse(text) > Date.now(), 'must be in the future');

export const registration = z.strictObject({
  email: z.email().max(254).toLowerCase(),
  name: z.string().trim().min(1).max(80),
  password: z.string().min(10).max(128),
});
export const credentials = z.object({ email: z.string().toLowerCase(), password: z.string() });

export const page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});

export const rideParams = z.object({ rideId: id });
export const rideSearch = page.extend({
  from: z.string().optional(),
  to: z.string().optional(),
  date: z.iso.date().optional(),
  seats: z.coerce.number().int().min(1).default(1),
});
export const ride = z.strictObject({
  from: place,
  to: place,
  departsAt: moment,
  seats,
  priceCents: z.number().int().min(0).max(100_000).default(0),
});
export const rideChanges = z
  .strictObject({ departsAt: moment, seats, priceCents: z.number().int().min(0).max(100_000) })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'names no change');

export const reservationParams = z.object({ reservationId: id });
export const reservation = z.strictObject({ seats: seats.default(1) });

export const userParams = z.object({ userId: id });
export const review = z.strictObject({
  rideId: z.number().int().positive(),
  stars: z.number().int().min(1).max(5),
  comment: z.string().trim().max(500).optional(),
});
export const userSearch = page.extend({ role: z.enum(['user', 'admin']).optional() });
export const userChanges = z.strictObject({ blocked: z.boolean() });
