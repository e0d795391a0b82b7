module.exports = function signedIn(req, res, next) {
  if (!req.get('authorization')) return res.status(401).json({ error: 'sign in first' });
  return next();
};
