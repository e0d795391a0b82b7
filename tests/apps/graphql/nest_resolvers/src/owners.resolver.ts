import { UseGuards } from "@nestjs/common";
import { Args, ID, Mutation, Query, Resolver } from "@nestjs/graphql";

import { StaffGuard } from "./auth.guard";
import { Owner } from "./models";

@Resolver(() => Owner)
@UseGuards(StaffGuard)
export class OwnersResolver {
  @Query(() => [Owner])
  owners() {
    return [];
  }

  @Mutation(() => Boolean, { name: "removeOwner" })
  remove(@Args({ name: "id", type: () => ID }) id: string) {
    return Boolean(id);
  }
}
