export const connection = { host: "localhost", port: 6379 };
export const IMAGES = "images";
