import { Controller, Get, VERSION_NEUTRAL, Version } from '@nestjs/common';
import { SkipThrottle } from '@nestjs/throttler';

@Controller()
export class AppController {
  @SkipThrottle()
  @Version(VERSION_NEUTRAL)
  @Get()
  index() {
    return { name: 'shelter' };
  }

  @Get('metrics')
  @Version(VERSION_NEUTRAL)
  metrics() {
    return '';
  }

  @Get('about')
  about() {
    return {};
  }
}
