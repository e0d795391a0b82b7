import express, { type Application } from 'express';
import BarrierController from './controllers/barrier.controller';
import { GarageController } from './controllers/garage.controller';
import { PermitController } from './controllers/permit.controller';

export class Server {
  public readonly app: Application;
  private readonly api = '/api';

  constructor(private readonly port: number) {
    this.app = express();
    this.middlewares();
    this.routes();
  }

  private middlewares(): void {
    this.app.use(express.json());
  }

  private routes(): void {
    const garages = new GarageController();

    this.app.get('/', (_req, res) => {
      res.json({ service: 'parking' });
    });
    this.app.use('/api/garages', garages.router);
    this.app.use(`${this.api}/permits`, new PermitController().router);
    this.app.use(this.api, new BarrierController().routes());
  }

  public start(): void {
    this.app.listen(this.port);
  }
}
