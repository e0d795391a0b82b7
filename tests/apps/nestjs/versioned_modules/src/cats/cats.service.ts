import { Injectable } from '@nestjs/common';

@Injectable()
export class CatsService {
  all(q: string) {
    return [q];
  }
}
