import { unauthorized } from '../errors.js';
import { checkCredentials, createUser, profile } from '../services/accounts.js';
import { createToken } from '../services/tokens.js';

export async function register(req, res) {
  const user = await createUser(req.valid.body);
  res.status(201).json(profile(user));
}

export async function login(req, res) {
  const { email, password } = req.valid.body;
  const user = await checkCredentials(email, password);
  if (!user) throw unauthorized('Email address or password is wrong');
  res.json({ token: createToken(user), user: profile(user) });
}

export function me(req, res) {
  res.json(profile(req.user));
}
