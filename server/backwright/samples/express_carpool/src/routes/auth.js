import { Router } from 'express';

import { login, me, register } from '../controllers/auth.js';
import { authenticate } from '../middleware/authenticate.js';
import { validate } from '../middleware/validate.js';
import { credentials, registration } from '../schemas.js';

const router = Router();

router.post('/register', validate({ body: registration }), register);
router.post('/login', validate({ body: credentials }), login);
router.get('/me', authenticate, me);

export default router;
