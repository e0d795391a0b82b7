import { Router } from 'express';

import { createReview, listReviews } from '../controllers/users.js';
import { authenticate } from '../middleware/authenticate.js';
import { validate } from '../middleware/validate.js';
import { review, userParams } from '../schemas.js';

const router = Router();

router.get('/:userId/reviews', validate({ params: userParams }), listReviews);
router.post(
  '/:userId/reviews',
  authenticate,
  validate({ params: userParams, body: review }),
  createReview,
);

export default router;
