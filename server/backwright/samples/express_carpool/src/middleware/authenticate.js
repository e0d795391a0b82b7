import { forbidden, unauthorized } from '../errors.js';
import { readToken } from '../services/tokens.js';
import { users } from '../store.js';

/** Sets `req.user` to the user of the bearer token. */
export async function authenticate(req, res, next) {
  const [scheme, token] = (req.get('authorization') ?? '').split(' ');
  const userId = scheme.toLowerCase() === 'bearer' ? readToken(token) : null;
  const user = userId === null ? null : await users.find(userId);
  if (!user) throw unauthorized();
  if (user.blocked) throw forbidden('Your account is blocked');
  req.user = user;
  next();
}

/** Lets only users with one of the roles pass; stands behind `authenticate`. */
export function requireRole(...roles) {
  return (req, res, next) => {
    if (!roles.includes(req.user.role)) throw forbidden();
    next();
  };
}
