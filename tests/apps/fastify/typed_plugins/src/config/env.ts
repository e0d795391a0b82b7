export const env = {
  apiPrefix: process.env.API_PREFIX ?? "/api",
  adminKey: process.env.ADMIN_KEY ?? "dev",
} as const;
