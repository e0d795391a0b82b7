import { CanActivate, ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

@Injectable()
export class TokenGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const open = this.reflector.get<boolean>('open', context.getHandler());
    if (!open && !context.switchToHttp().getRequest().headers.token) throw new UnauthorizedException();
    return true;
  }
}
