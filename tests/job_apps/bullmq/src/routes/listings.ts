import { Router } from "express";
import { imageQueue, mailQueue } from "../queues/index.js";
import { Notifier } from "../notifier.js";

const router = Router();
const notifier = new Notifier();

router.post("/", async (req, res) => {
  await imageQueue.add("resize", { id: 1 }, { attempts: 5, backoff: 2000 }); // -> resize
  await notifier.created("someone");
  res.status(202).end();
});

router.delete("/:id", async (req, res) => {
  await mailQueue.addBulk([ // -> goodbye, receipt
    { name: "goodbye", data: { to: "a" } },
    { name: "receipt", data: { to: "b" } },
  ]);
  res.end();
});

export default router;
