import { Router } from 'express';

import { blockUser, listUsers } from '../controllers/users.js';
import { authenticate, requireRole } from '../middleware/authenticate.js';
import { validate } from '../middleware/validate.js';
import { userChanges, userParams, userSearch } from '../schemas.js';

const router = Router();

router.use(authenticate, requireRole('admin'));

router.get('/users', validate({ query: userSearch }), listUsers);
router.patch('/users/:userId', validate({ params: userParams, body: userChanges }), blockUser);

export default router;
