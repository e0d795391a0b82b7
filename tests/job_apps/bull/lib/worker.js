const { videos, letters } = require("./queues");
const { send } = require("./send");

videos.process("cut", 5, async (job) => {
  console.log(job.data);
});

videos.process("join", (job, done) => done());

letters.process(send);
