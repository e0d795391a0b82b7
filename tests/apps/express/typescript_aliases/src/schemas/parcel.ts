import { z } from 'zod';

export const createParcelSchema = z.object({
  recipient: z.email(),
  size: z.enum(['S', 'M', 'L']),
  lockerId: z.number().int().positive(),
});

export const collectSchema = z.object({ code: z.string().length(6) });

export type CreateParcel = z.infer<typeof createParcelSchema>;
