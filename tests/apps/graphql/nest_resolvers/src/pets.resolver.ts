import { UseGuards } from "@nestjs/common";
import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from "@nestjs/graphql";

import { StaffGuard } from "./auth.guard";
import { Owner, Pet, PetInput } from "./models";

@Resolver(() => Pet)
export class PetsResolver {
  @Query(() => [Pet], { name: "pets" })
  findAll(@Args("first", { type: () => Int, defaultValue: 10 }) first: number) {
    return [].slice(0, first);
  }

  @Query(() => Pet, { nullable: true })
  async pet(@Args("id", { type: () => ID }) id: string) {
    return { id, name: "Rex" };
  }

  @UseGuards(StaffGuard)
  @Mutation(() => Pet)
  register(@Args("input") input: PetInput) {
    return { id: "1", ...input };
  }

  @Subscription(() => Pet, { name: "petAdmitted" })
  admitted() {
    return null;
  }

  @ResolveField(() => Owner)
  owner(@Parent() pet: Pet) {
    return { id: pet.id };
  }
}
