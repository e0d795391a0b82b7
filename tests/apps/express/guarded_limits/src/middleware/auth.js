const jwt = require('jsonwebtoken');

const secret = process.env.JWT_SECRET || 'only for development';

function requireAuth(req, res, next) {
  const token = (req.get('authorization') || '').replace(/^Bearer /, '');
  try {
    req.user = jwt.verify(token, secret);
  } catch {
    return res.status(401).json({ error: 'token missing or wrong' });
  }
  return next();
}

const requireRole = (role) => (req, res, next) => {
  if (req.user.role !== role) return res.status(403).json({ error: `${role}s only` });
  return next();
};

const issueToken = (name, role) => jwt.sign({ name, role }, secret, { expiresIn: '1h' });

module.exports = { issueToken, requireAuth, requireRole };
