import { Router } from 'express';
import * as handlers from '../handlers/shows.js';

const router = Router();

router.get('/', handlers.list);
router.post('/', handlers.create);
router.get('/:show', handlers.read);
router.delete('/:show', handlers.remove);

export default router;
