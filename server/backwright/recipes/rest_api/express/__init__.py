"""A REST API in Express, on TypeORM and Zod, in TypeScript or JavaScript."""
