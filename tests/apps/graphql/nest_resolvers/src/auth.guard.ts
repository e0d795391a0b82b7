import { CanActivate, ExecutionContext, Injectable } from "@nestjs/common";

@Injectable()
export class StaffGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return Boolean(context);
  }
}
