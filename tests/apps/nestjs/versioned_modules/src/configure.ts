import { INestApplication, RequestMethod, ValidationPipe, VersioningType } from '@nestjs/common';

export function configure(app: INestApplication): void {
  app.setGlobalPrefix('api', {
    exclude: ['health', { path: 'metrics', method: RequestMethod.GET }],
  });
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
}
