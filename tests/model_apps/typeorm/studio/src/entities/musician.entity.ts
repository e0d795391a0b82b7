import { BaseEntity, Column, Entity, Index, JoinColumn, JoinTable, ManyToMany, OneToMany, OneToOne, Unique } from "typeorm";
import { Address, Kept } from "./base";
import { Membership } from "./band.entity";
import { ContactCard } from "./contact-card.entity";
import { Recording } from "./recording.entity";

export enum Level {
  Amateur = "amateur",
  Pro = "pro",
}

@Entity("musicians")
@Unique(["email"])
@Index("by_name", ["lastName", "firstName"])
@Index(["level", "fee"], { unique: true })
export class Musician extends Kept {
  @Column({ length: 80 })
  firstName: string;

  @Column("varchar", { length: 80, name: "surname" })
  lastName: string;

  @Column()
  email!: string;

  @Index({ unique: true })
  @Column({ type: "int", nullable: true })
  number: number | null;

  @Column({ type: "enum", enum: Level, default: Level.Amateur })
  level: Level;

  @Column("decimal", { precision: 10, scale: 2, default: 0 })
  fee: number;

  @Column("text", { array: true, default: "{}" })
  instruments: string[];

  @Column({ type: "jsonb", default: () => "'{}'" })
  settings: Record<string, unknown>;

  @Column({ default: true })
  active: boolean;

  @Column(() => Address)
  home: Address;

  @OneToMany(() => Membership, (membership) => membership.musician)
  memberships: Membership[];

  @OneToOne(() => ContactCard, (card) => card.musician, { cascade: true })
  @JoinColumn()
  card: ContactCard;

  @ManyToMany(() => Recording, (recording) => recording.guests)
  @JoinTable()
  guestOn: Recording[];

  notStored: string;
}
