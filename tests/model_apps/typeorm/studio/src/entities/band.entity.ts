import * as orm from "typeorm";
import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import { Musician } from "./musician.entity";
import { Recording } from "./recording.entity";

@Entity({ name: "bands", schema: "music" })
export class Band {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ unique: true })
  name: string;

  @OneToMany(() => Membership, "band")
  memberships: Membership[];

  @OneToMany(() => Recording, (recording) => recording.band)
  recordings: Recording[];
}

@Entity()
export class Membership {
  @PrimaryColumn("uuid")
  musicianId: string;

  @PrimaryColumn()
  bandId: number;

  @orm.Column({ type: "date", nullable: true })
  until?: string;

  @ManyToOne(() => Musician, (musician) => musician.memberships, { onDelete: "CASCADE" })
  @JoinColumn({ name: "musicianId" })
  musician: Musician;

  @ManyToOne(() => Band, (band) => band.memberships)
  band: Band;
}
