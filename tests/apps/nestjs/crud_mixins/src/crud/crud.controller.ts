import { Body, Delete, Get, Param, Post } from '@nestjs/common';

export abstract class CrudController<T> {
  protected readonly stored: T[] = [];

  @Get()
  list(): T[] {
    return this.stored;
  }

  @Get(':id')
  one(@Param('id') id: string) {
    return { id };
  }

  @Post()
  create(@Body() body: T) {
    return body;
  }

  @Delete(':id')
  remove(@Param('id') id: string) {
    return { id };
  }
}
