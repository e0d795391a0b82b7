import { NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';

import { RootModule } from './root.module';
import { TokenGuard } from './token.guard';

const bootstrap = async (): Promise<void> => {
  const app = await NestFactory.create<NestExpressApplication>(RootModule);
  app.setGlobalPrefix('/depot/');
  app.useGlobalGuards(new TokenGuard(app.get(Reflector)));
  await app.listen(3000);
};

bootstrap().catch((error) => {
  console.error(error);
  process.exit(1);
});
