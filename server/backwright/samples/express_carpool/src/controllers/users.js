import { conflict, forbidden, notFound } from '../errors.js';
import { profile } from '../services/accounts.js';
import { paginate } from '../services/pages.js';
import { reservations, reviews, users } from '../store.js';
import { getRide } from './rides.js';

export async function listReviews(req, res) {
  const user = await getUser(req.valid.params.userId);
  const items = await reviews.filter((it) => it.userId === user.id);
  const stars = items.reduce((sum, it) => sum + it.stars, 0);
  res.json({ items, average: items.length > 0 ? stars / items.length : null });
}

export async function createReview(req, res) {
  const user = await getUser(req.valid.params.userId);
  const ride = await getRide(req.valid.body.rideId);
  const passengers = await reservations.filter((it) => it.rideId === ride.id);
  const aboard = new Set([ride.driverId, ...passengers.map((it) => it.passengerId)]);
  if (user.id === req.user.id) throw forbidden('You may not review yourself');
  if (!aboard.has(user.id) || !aboard.has(req.user.id)) {
    throw forbidden('You did not share this ride');
  }
  const earlier = await reviews.first(
    (it) => it.userId === user.id && it.authorId === req.user.id && it.rideId === ride.id,
  );
  if (earlier) throw conflict('You have reviewed this user for the ride');
  const review = { ...req.valid.body, userId: user.id, authorId: req.user.id };
  res.status(201).json(await reviews.insert(review));
}

export async function listUsers(req, res) {
  const { role, ...page } = req.valid.query;
  const found = await users.filter((user) => !role || user.role === role);
  res.json(paginate(found.map(profile), page));
}

export async function blockUser(req, res) {
  const user = await getUser(req.valid.params.userId);
  if (user.id === req.user.id) throw conflict('You may not block yourself');
  res.json(profile(await users.update(user.id, req.valid.body)));
}

async function getUser(userId) {
  const user = await users.find(userId);
  if (!user) throw notFound('user');
  return user;
}
