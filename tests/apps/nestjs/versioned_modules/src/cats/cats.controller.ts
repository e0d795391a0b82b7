import {
  All,
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  Param,
  ParseIntPipe,
  Patch,
  Post,
  Query,
  Sse,
  UseGuards,
  Version,
} from '@nestjs/common';
import { Throttle } from '@nestjs/throttler';
import { of } from 'rxjs';

import { JwtAuthGuard } from '../auth/jwt-auth.guard';
import { Auth } from '../auth/roles';
import { CatsService } from './cats.service';
import { CreateCatDto, ListCatsDto } from './dto';

@Controller({ path: 'cats', version: ['1', '2'] })
export class CatsController {
  constructor(private readonly cats: CatsService) {}

  @Get()
  findAll(@Query() query: ListCatsDto, @Headers('accept-language') language: string) {
    return this.cats.all(query.q ?? language);
  }

  @Throttle({ default: { limit: 3, ttl: 60_000 } })
  @UseGuards(JwtAuthGuard)
  @Post()
  create(@Body() cat: CreateCatDto) {
    return cat;
  }

  @Version('3')
  @Get(':id')
  findOne(@Param('id', ParseIntPipe) id: number) {
    return { id };
  }

  @Patch([':id', ':id/profile'])
  @Auth('admin')
  update(@Param('id') id: string, @Body('name') name: string) {
    return { id, name };
  }

  @Delete(':id/')
  @Auth('admin')
  remove(@Param('id') id: string) {
    return { id };
  }

  @Sse('events')
  events() {
    return of({ data: 1 });
  }

  @All('proxy/*path')
  proxy(@Param('path') path: string) {
    return path;
  }
}
