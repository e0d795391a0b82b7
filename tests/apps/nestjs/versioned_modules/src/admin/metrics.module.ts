import { Controller, Get, Module } from '@nestjs/common';

@Controller()
class MetricsController {
  @Get()
  all() {
    return [];
  }

  @Get('daily')
  daily() {
    return [];
  }
}

@Module({ controllers: [MetricsController] })
export class MetricsModule {}
