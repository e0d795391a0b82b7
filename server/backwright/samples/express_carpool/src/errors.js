/** An error that clients may see; the error handler answers with its status and message. */
export class HttpError extends Error {
  constructor(status, message, details) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.details = details;
  }
}

export const unauthorized = (message = 'Sign in first') => new HttpError(401, message);
export const forbidden = (message = 'You may not do this') => new HttpError(403, message);
export const notFound = (what) => new HttpError(404, `No such ${what}`);
export const conflict = (message) => new HttpError(409, message);
