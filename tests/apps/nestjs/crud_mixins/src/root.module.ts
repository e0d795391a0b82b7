import { Module } from '@nestjs/common';

import { Readable } from './crud/readable';
import { ItemsController } from './items.controller';
import { OrdersController } from './orders/orders.controller';

const featured = [OrdersController];

@Module({ controllers: [ItemsController, ...featured, Readable('suppliers'), Readable('brands')] })
class FeatureModule {}

@Module({ imports: [FeatureModule] })
export class RootModule {}
