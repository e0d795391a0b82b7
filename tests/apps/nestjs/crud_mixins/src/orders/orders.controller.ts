import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';

import { OrderPath, paths } from '../config/paths';

@Controller(`${paths.orders}/v1`)
export class OrdersController {
  @Post(OrderPath.Cancel)
  @HttpCode(202)
  cancel() {
    return {};
  }

  @Put(OrderPath.Lines)
  lines(@Body() lines: string[]) {
    return lines;
  }
}
