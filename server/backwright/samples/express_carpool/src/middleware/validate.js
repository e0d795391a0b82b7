import { HttpError } from '../errors.js';

/**
 * Checks parts of the request, and hands on what the schemas made of them as `req.valid`:
 * `validate({ params: rideParams, body: rideChanges })`.
 */
export function validate(schemas) {
  return (req, res, next) => {
    req.valid = {};
    const details = [];
    for (const [part, schema] of Object.entries(schemas)) {
      const result = schema.safeParse(req[part] ?? {});
      if (result.success) {
        req.valid[part] = result.data;
      } else {
        for (const { path, message } of result.error.issues) {
          details.push({ in: part, field: path.join('.'), message });
        }
      }
    }
    if (details.length > 0) throw new HttpError(422, 'The input is not valid', details);
    next();
  };
}
