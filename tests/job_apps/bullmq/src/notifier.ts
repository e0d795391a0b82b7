import { Queue } from "bullmq";
import { mailQueue } from "./queues/index.js";

export class Notifier {
  private queue: Queue;

  constructor() {
    this.queue = mailQueue;
  }

  async created(to: string): Promise<void> {
    await this.queue.add("created", { to }, { attempts: 1 }); // -> created
  }
}
