exports.send = async function send(job) {
  console.log(job.data);
};
