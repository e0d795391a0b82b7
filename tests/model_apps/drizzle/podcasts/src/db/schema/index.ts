export * from "./people";
export * from "./shows";
export * from "./embedded";
