import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { ZodType } from 'zod';

export class HttpError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

export function validateBody(schema: ZodType): RequestHandler {
  return (req, res, next) => {
    const parsed = schema.safeParse(req.body);
    if (!parsed.success) {
      res.status(422).json({ issues: parsed.error.issues });
      return;
    }
    req.body = parsed.data;
    next();
  };
}

export const requireCourier: RequestHandler = (req, _res, next) => {
  next(req.get('x-courier-key') ? undefined : new HttpError(401, 'couriers only'));
};

export function errorHandler(
  fault: unknown,
  _req: Request,
  res: Response,
  _next: NextFunction,
): void {
  const status = fault instanceof HttpError ? fault.status : 500;
  res.status(status).json({ error: fault instanceof Error ? fault.message : 'failed' });
}
