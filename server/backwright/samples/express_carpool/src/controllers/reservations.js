import { conflict, forbidden, notFound } from '../errors.js';
import { withFreeSeats } from '../services/seats.js';
import { reservations, rides } from '../store.js';
import { getRide } from './rides.js';

export async function createReservation(req, res) {
  const ride = await withFreeSeats(await getRide(req.valid.params.rideId));
  const { seats } = req.valid.body;
  if (ride.driverId === req.user.id) throw forbidden('This is your own ride');
  if (hasLeft(ride)) throw conflict('The ride has left');
  const own = (it) => it.rideId === ride.id && it.passengerId === req.user.id;
  if (await reservations.first(own)) throw conflict('You have a reservation for this ride');
  if (seats > ride.freeSeats) throw conflict('There are not enough seats left');
  const made = await reservations.insert({ rideId: ride.id, passengerId: req.user.id, seats });
  res.status(201).json(made);
}

export async function listMyReservations(req, res) {
  const mine = await reservations.filter((it) => it.passengerId === req.user.id);
  res.json({ items: mine });
}

export async function cancelReservation(req, res) {
  const reservation = await reservations.find(req.valid.params.reservationId);
  if (!reservation) throw notFound('reservation');
  if (reservation.passengerId !== req.user.id) throw forbidden();
  const ride = await rides.find(reservation.rideId);
  if (hasLeft(ride)) throw conflict('The ride has left');
  await reservations.remove(reservation.id);
  res.status(204).end();
}

function hasLeft(ride) {
  return Date.parse(ride.departsAt) <= Date.now();
}
