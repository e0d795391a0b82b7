import { ChildEntity, Column, Entity, JoinTable, ManyToMany, ManyToOne, TableInheritance, VersionColumn } from "typeorm";
import { Kept } from "./base";
import { Band } from "./band.entity";
import { Musician } from "./musician.entity";

@Entity()
export class Label extends Kept {
  @Column({ type: String, unique: true })
  name: string;

  @ManyToMany(() => Recording, (recording) => recording.labels)
  recordings: Recording[];
}

@Entity()
@TableInheritance({ column: { type: "varchar", name: "type" } })
export class Recording extends Kept {
  @Column()
  title: string;

  @Column("timestamp with time zone", { nullable: true })
  releasedAt: Date | null;

  @VersionColumn()
  version: number;

  @ManyToOne(() => Band, (band) => band.recordings, { nullable: false })
  band: Band;

  @ManyToMany(() => Musician, (musician) => musician.guestOn)
  guests: Musician[];

  @ManyToMany(() => Label, (label) => label.recordings)
  @JoinTable({ name: "released_by" })
  labels: Label[];
}

@ChildEntity("live")
export class LiveRecording extends Recording {
  @Column({ nullable: true })
  venue: string;
}
