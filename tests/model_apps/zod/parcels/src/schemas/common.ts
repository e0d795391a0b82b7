import { z } from "zod";

export const Cents = z.number().int().nonnegative();
export const Country = z.enum(["NL", "DE"]);

export const Address = z.object({
  street: z.string().min(1),
  zip: z.string().regex(/^\d{4}$/),
  country: Country.default("NL"),
  lines: z.array(z.string()).max(2).optional(),
});

export const Page = z.object({ page: z.coerce.number().default(1), size: z.coerce.number().max(100).default(20) });
