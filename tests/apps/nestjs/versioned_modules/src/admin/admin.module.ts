import { Module, forwardRef } from '@nestjs/common';

import { CatsModule } from '../cats/cats.module';
import { AdminController } from './admin.controller';
import { MetricsModule } from './metrics.module';

@Module({ imports: [forwardRef(() => CatsModule), MetricsModule], controllers: [AdminController] })
export class AdminModule {}
