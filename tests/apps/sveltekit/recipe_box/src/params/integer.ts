export const match = (value: string) => /^\d+$/.test(value);
