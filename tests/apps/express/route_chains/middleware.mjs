export function signedIn(req, res, next) {
  if (req.get('x-user')) next();
  else res.status(401).json({ error: 'who is there?' });
}

export function mayWrite(req, res, next) {
  if (req.get('x-role') === 'coach') next();
  else res.status(403).json({ error: 'coaches only' });
}

export const readers = [signedIn];
export const writers = [signedIn, mayWrite];
