// Preloaded into Node, it writes down which requests reach a server: `METHOD /path` a line, in the
// file that RECORDED_REQUESTS names.
const { appendFileSync } = require('node:fs');
const http = require('node:http');

const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, request, ...rest) {
  if (event === 'request') {
    const path = request.url.split('?')[0];
    appendFileSync(process.env.RECORDED_REQUESTS, `${request.method} ${path}\n`);
  }
  return emit.call(this, event, request, ...rest);
};
