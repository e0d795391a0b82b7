import { HttpError } from '../errors.js';

export function answerNotFound(req, res) {
  res.status(404).json({ error: { message: `Nothing answers ${req.method} ${req.path}` } });
}

// Express tells an error handler by its four parameters.
export function answerError(error, req, res, next) {
  if (res.headersSent) return next(error);
  if (error instanceof HttpError) {
    const { status, message, details } = error;
    return res.status(status).json({ error: { message, details } });
  }
  // The parsers of Express throw errors that carry a status, such as 400 for broken JSON.
  if (error.status >= 400 && error.status < 500) {
    return res.status(error.status).json({ error: { message: error.message } });
  }
  console.error(error);
  res.status(500).json({ error: { message: 'Something went wrong' } });
}
