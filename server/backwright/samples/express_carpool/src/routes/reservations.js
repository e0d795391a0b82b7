import { Router } from 'express';

import { cancelReservation, listMyReservations } from '../controllers/reservations.js';
import { authenticate } from '../middleware/authenticate.js';
import { validate } from '../middleware/validate.js';
import { reservationParams } from '../schemas.js';

const router = Router();

router.use(authenticate);

router.get('/', listMyReservations);
router.delete('/:reservationId', validate({ params: reservationParams }), cancelReservation);

export default router;
