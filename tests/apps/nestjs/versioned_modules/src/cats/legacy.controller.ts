import { Controller, Get } from '@nestjs/common';

// No module lists it any more.
@Controller('legacy')
export class LegacyController {
  @Get()
  gone() {
    return [];
  }
}
