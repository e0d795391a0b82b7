import { Router, type Request, type Response } from 'express';

export const records: Router = Router();

records.get('/', listRecords);
records.post('/:ean/reserve', reserve);

function listRecords(_req: Request, res: Response): void {
  res.json([]);
}

function reserve(req: Request, res: Response): void {
  res.status(202).json({ ean: req.params.ean });
}
