import { DynamicModule, Module } from '@nestjs/common';

import { HealthController } from './health.controller';

@Module({})
export class HealthModule {
  static forRoot(options: { path: string }): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [{ provide: 'OPTIONS', useValue: options }],
    };
  }
}
