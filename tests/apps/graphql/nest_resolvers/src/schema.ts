import "reflect-metadata";

import { NestFactory } from "@nestjs/core";
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from "@nestjs/graphql";

import { OwnersResolver } from "./owners.resolver";
import { PetsResolver } from "./pets.resolver";

export async function makeSchema() {
  const app = await NestFactory.create(GraphQLSchemaBuilderModule, { logger: false });
  await app.init();
  return app.get(GraphQLSchemaFactory).create([PetsResolver, OwnersResolver]);
}
