import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module';
import { configure } from './configure';

async function bootstrap() {
  const app = await NestFactory.create(AppModule, { logger: ['error'] });
  configure(app);
  await app.listen(process.env.PORT ?? 3000);
}
void bootstrap();
