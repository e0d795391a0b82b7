import { Queue } from "bullmq";
import { connection, IMAGES } from "./connection.js";

export const imageQueue = new Queue(IMAGES, { connection });

export async function schedule(): Promise<void> {
  await imageQueue.add("sweep", {}, { repeat: { pattern: "0 4 * * *" } }); // -> sweep
  await imageQueue.upsertJobScheduler("hourly", { every: 3_600_000 }, { name: "recount" }); // -> recount
}
