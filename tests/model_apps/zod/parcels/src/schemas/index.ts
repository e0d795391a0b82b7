export * from "./common";
export * from "./parcels";
export * from "./legacy";
