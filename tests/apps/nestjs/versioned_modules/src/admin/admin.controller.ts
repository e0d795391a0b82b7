import { Controller, Get, Put, UseGuards } from '@nestjs/common';

import { JwtAuthGuard } from '../auth/jwt-auth.guard';

@UseGuards(JwtAuthGuard)
@Controller(['users', 'people'])
export class AdminController {
  @Get('/')
  list() {
    return [];
  }

  @Put(':user/ban')
  ban() {
    return {};
  }
}
