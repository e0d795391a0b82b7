import { Field, ID, InputType, ObjectType } from "@nestjs/graphql";

@ObjectType()
export class Pet {
  @Field(() => ID) id: string;
  @Field() name: string;
}

@ObjectType()
export class Owner {
  @Field(() => ID) id: string;
}

@InputType()
export class PetInput {
  @Field() name: string;
}
