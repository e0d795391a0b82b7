import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import { conflict } from '../errors.js';
import { users } from '../store.js';

const derive = promisify(scrypt);
const KEY_LENGTH = 32;

export async function createUser({ email, name, password, role = 'user' }) {
  if (await findByEmail(email)) throw conflict('This email address is registered already');
  const passwordHash = await hashPassword(password);
  return users.insert({ email, name, role, passwordHash, blocked: false });
}

export async function checkCredentials(email, password) {
  const user = await findByEmail(email);
  return user && (await matches(password, user.passwordHash)) ? user : null;
}

/** What others may know of a user. */
export function profile({ id, email, name, role, blocked }) {
  return { id, email, name, role, blocked };
}

function findByEmail(email) {
  return users.first((user) => user.email === email);
}

async function hashPassword(password) {
  const salt = randomBytes(16);
  const key = await derive(password, salt, KEY_LENGTH);
  return `${salt.toString('hex')}$${key.toString('hex')}`;
}

async function matches(password, stored) {
  const [salt, key] = stored.split('$').map((part) => Buffer.from(part, 'hex'));
  return timingSafeEqual(await derive(password, salt, KEY_LENGTH), key);
}
