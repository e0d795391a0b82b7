import { Column, Entity, OneToOne, PrimaryGeneratedColumn } from "typeorm";
import { Musician } from "./musician.entity";

@Entity()
export class ContactCard {
  @PrimaryGeneratedColumn({ type: "bigint" })
  id: string;

  @Column("simple-array")
  phones: string[];

  @OneToOne(() => Musician, (musician) => musician.card)
  musician: Musician;
}
