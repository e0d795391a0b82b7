import { Queue } from "bullmq";
import { connection } from "./connection.js";

export const mailQueue = new Queue<{ to: string }>("mail", {
  connection,
  defaultJobOptions: { attempts: 3, backoff: { type: "exponential", delay: 1000 } },
});
