"""A REST API in NestJS, on TypeORM and class-validator."""
