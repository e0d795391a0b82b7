const Queue = require("bull");

const videos = new Queue("videos", process.env.REDIS_URL);
const letters = new Queue("letters", { defaultJobOptions: { attempts: 4, backoff: 5000 } });

module.exports = { videos, letters };
