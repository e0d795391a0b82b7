import { Job, Worker } from "bullmq";
import { connection, IMAGES } from "./queues/connection.js";

async function deliver(job: Job): Promise<void> {
  console.log(job.name);
}

new Worker("mail", deliver, { connection, concurrency: 5 });

export const images = new Worker(
  IMAGES,
  async (job: Job) => {
    console.log(job.data);
  },
  { connection },
);

new Worker("audit", async () => {}, { connection });
