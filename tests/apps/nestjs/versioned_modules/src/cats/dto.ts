import { IsInt, IsOptional, IsString } from 'class-validator';

export class CreateCatDto {
  @IsString()
  name: string;

  @IsInt()
  age: number;
}

export class ListCatsDto {
  @IsOptional()
  @IsString()
  q?: string;
}
