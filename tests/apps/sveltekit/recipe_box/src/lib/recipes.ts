export const recipes = new Map<number, { title: string }>([[1, { title: "Kringle" }]]);
