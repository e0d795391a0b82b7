export const sailings = [{ id: 1, port: "Uig" }];
