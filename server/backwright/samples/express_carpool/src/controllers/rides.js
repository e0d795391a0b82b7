import { conflict, forbidden, notFound } from '../errors.js';
import { paginate } from '../services/pages.js';
import { reservedSeats, withFreeSeats } from '../services/seats.js';
import { reservations, rides } from '../store.js';

export async function listRides(req, res) {
  const { from, to, date, seats, ...page } = req.valid.query;
  const now = new Date().toISOString();
  const found = await rides.filter(
    (ride) =>
      ride.departsAt > now &&
      (!from || samePlace(ride.from, from)) &&
      (!to || samePlace(ride.to, to)) &&
      (!date || ride.departsAt.startsWith(date)),
  );
  const free = (await Promise.all(found.map(withFreeSeats)))
    .filter((ride) => ride.freeSeats >= seats)
    .sort((one, other) => one.departsAt.localeCompare(other.departsAt) || one.id - other.id);
  res.json(paginate(free, page));
}

export async function createRide(req, res) {
  const ride = await rides.insert({ ...req.valid.body, driverId: req.user.id });
  res
    .status(201)
    .location(`/api/rides/${ride.id}`)
    .json(await withFreeSeats(ride));
}

export async function readRide(req, res) {
  const ride = await getRide(req.valid.params.rideId);
  res.json(await withFreeSeats(ride));
}

export async function updateRide(req, res) {
  const ride = await getRide(req.valid.params.rideId);
  if (ride.driverId !== req.user.id) throw forbidden('Only the driver changes a ride');
  const changes = req.valid.body;
  if (changes.seats < (await reservedSeats(ride))) throw conflict('More seats are reserved');
  res.json(await withFreeSeats(await rides.update(ride.id, changes)));
}

export async function deleteRide(req, res) {
  const ride = await getRide(req.valid.params.rideId);
  if (ride.driverId !== req.user.id && req.user.role !== 'admin') {
    throw forbidden('Only the driver deletes a ride');
  }
  if ((await reservedSeats(ride)) > 0) throw conflict('The ride has reservations');
  await rides.remove(ride.id);
  res.status(204).end();
}

export async function listRideReservations(req, res) {
  const ride = await getRide(req.valid.params.rideId);
  if (ride.driverId !== req.user.id) throw forbidden('Only the driver sees the passengers');
  res.json({ items: await reservations.filter((it) => it.rideId === ride.id) });
}

export async function getRide(rideId) {
  const ride = await rides.find(rideId);
  if (!ride) throw notFound('ride');
  return ride;
}

function samePlace(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}
