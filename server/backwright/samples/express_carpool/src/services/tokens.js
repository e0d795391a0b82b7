import jwt from 'jsonwebtoken';

import { config } from '../config.js';

const ALGORITHM = 'HS256';

export function createToken(user) {
  return jwt.sign({}, config.tokenSecret, {
    algorithm: ALGORITHM,
    expiresIn: config.tokenLifetime,
    subject: String(user.id),
  });
}

/** The id of the user that the token was made for; null when it does not hold. */
export function readToken(token) {
  try {
    return Number(jwt.verify(token, config.tokenSecret, { algorithms: [ALGORITHM] }).sub);
  } catch {
    return null;
  }
}
