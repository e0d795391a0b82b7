export const signedIn = (handler) => async (req, res) => {
  if (!req.headers.authorization) return res.status(401).json({ error: "sign in first" });
  return handler(req, res);
};
