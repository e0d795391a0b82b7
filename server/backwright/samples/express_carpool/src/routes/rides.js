import { Router } from 'express';

import { createReservation } from '../controllers/reservations.js';
import {
  createRide,
  deleteRide,
  listRideReservations,
  listRides,
  readRide,
  updateRide,
} from '../controllers/rides.js';
import { authenticate } from '../middleware/authenticate.js';
import { validate } from '../middleware/validate.js';
import { reservation, ride, rideChanges, rideParams, rideSearch } from '../schemas.js';

const router = Router();

router.get('/', validate({ query: rideSearch }), listRides);
router.post('/', authenticate, validate({ body: ride }), createRide);
router.get('/:rideId', validate({ params: rideParams }), readRide);
router.patch(
  '/:rideId',
  authenticate,
  validate({ params: rideParams, body: rideChanges }),
  updateRide,
);
router.delete('/:rideId', authenticate, validate({ params: rideParams }), deleteRide);

router
  .route('/:rideId/reservations')
  .get(authenticate, validate({ params: rideParams }), listRideReservations)
  .post(authenticate, validate({ params: rideParams, body: reservation }), createReservation);

export default router;
