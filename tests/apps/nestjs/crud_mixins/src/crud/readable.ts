import { Controller, Get, Param, Type } from '@nestjs/common';

export function Readable(name: string): Type<object> {
  @Controller(name)
  class ReadableHost {
    @Get('by-name/:name')
    byName(@Param('name') value: string) {
      return { value };
    }
  }
  return ReadableHost;
}
