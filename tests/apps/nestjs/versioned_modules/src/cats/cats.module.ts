import { Module, forwardRef } from '@nestjs/common';

import { AdminModule } from '../admin/admin.module';
import { CatsController } from './cats.controller';
import { CatsService } from './cats.service';

@Module({
  imports: [forwardRef(() => AdminModule)],
  controllers: [CatsController],
  providers: [CatsService],
  exports: [CatsService],
})
export class CatsModule {}
