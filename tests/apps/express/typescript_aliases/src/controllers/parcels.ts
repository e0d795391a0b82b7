import type { Request, Response } from 'express';
import { HttpError } from '#http';
import type { CreateParcel } from '@/schemas/parcel';

interface Parcel extends CreateParcel {
  id: number;
  collected: boolean;
}

const parcels = new Map<number, Parcel>();

export async function createParcel(
  req: Request<object, Parcel, CreateParcel>,
  res: Response<Parcel>,
): Promise<void> {
  const parcel: Parcel = { id: parcels.size + 1, collected: false, ...req.body };
  parcels.set(parcel.id, parcel);
  res.status(201).json(parcel);
}

export async function getParcel(req: Request<{ id: string }>, res: Response): Promise<void> {
  const parcel = parcels.get(Number(req.params.id));
  if (parcel === undefined) throw new HttpError(404, 'unknown parcel');
  res.json(parcel);
}

export const collectParcel = async (req: Request, res: Response): Promise<void> => {
  res.json({ id: Number(req.params.id), collected: true });
};
