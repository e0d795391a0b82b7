import { Router } from 'express';

import admin from './admin.js';
import auth from './auth.js';
import reservations from './reservations.js';
import rides from './rides.js';
import users from './users.js';

const router = Router();

router.use('/auth', auth);
router.use('/rides', rides);
router.use('/reservations', reservations);
router.use('/users', users);
router.use('/admin', admin);

export default router;
