const v1 = '/v1' as const;

export const prefixes = {
  v1,
  lockers: `${v1}/lockers`,
} as const;
