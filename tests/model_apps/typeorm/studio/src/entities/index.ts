export { Musician } from "./musician.entity";
export { Band, Membership } from "./band.entity";
export { Recording, LiveRecording, Label } from "./recording.entity";
export { ContactCard } from "./contact-card.entity";
