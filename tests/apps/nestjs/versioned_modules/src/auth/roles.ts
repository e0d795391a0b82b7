import { CanActivate, Injectable, SetMetadata, UseGuards, applyDecorators } from '@nestjs/common';

import { JwtAuthGuard } from './jwt-auth.guard';

@Injectable()
export class RolesGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

export const Auth = (...roles: string[]) =>
  applyDecorators(SetMetadata('roles', roles), UseGuards(JwtAuthGuard, RolesGuard));
