import { Router } from 'express';
import { requireCourier, validateBody } from '#http';
import * as controller from '@/controllers/parcels';
import { collectSchema, createParcelSchema } from '@/schemas/parcel';

export const router: Router = Router();

router.post('/', requireCourier, validateBody(createParcelSchema), controller.createParcel);
router.get('/:id', controller.getParcel);
router.post('/:id/collect', validateBody(collectSchema), controller.collectParcel);
