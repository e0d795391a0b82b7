import { createUser } from '../src/services/accounts.js';
import { createToken } from '../src/services/tokens.js';
import { rides } from '../src/store.js';

export const PASSWORD = 'a long enough secret';

/** A user who has signed in: the row and the header to send. */
export async function signIn(name, role = 'user') {
  const user = await createUser({
    email: `${name.toLowerCase()}@example.org`,
    name,
    password: PASSWORD,
    role,
  });
  return { user, authorization: `Bearer ${createToken(user)}` };
}

export function inHours(hours) {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}

export function makeRide(driver, fields = {}) {
  return rides.insert({
    from: 'Utrecht',
    to: 'Antwerp',
    departsAt: inHours(24),
    seats: 3,
    priceCents: 900,
    driverId: driver.id,
    ...fields,
  });
}
