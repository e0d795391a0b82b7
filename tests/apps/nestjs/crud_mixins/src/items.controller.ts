import { Controller, Get } from '@nestjs/common';

import { paths } from './config/paths';
import { CrudController } from './crud/crud.controller';

interface Item {
  sku: string;
}

@Controller(paths.items)
export class ItemsController extends CrudController<Item> {
  // It overrides the inherited one, which is no route any more.
  remove(id: string) {
    return { id, kept: true };
  }

  @Get('low/stock')
  low() {
    return [];
  }
}
