import { reservations } from '../store.js';

export async function reservedSeats(ride) {
  const made = await reservations.filter((it) => it.rideId === ride.id);
  return made.reduce((sum, { seats }) => sum + seats, 0);
}

/** The ride with the seats that are left. */
export async function withFreeSeats(ride) {
  return { ...ride, freeSeats: ride.seats - (await reservedSeats(ride)) };
}
