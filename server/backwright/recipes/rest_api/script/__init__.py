"""What resources become in TypeScript and JavaScript: entities of TypeORM, schemas of Zod, bodies
for tests."""
