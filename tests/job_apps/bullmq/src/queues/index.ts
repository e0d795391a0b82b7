export { mailQueue } from "./mail.js";
export * from "./images.js";
