const version = 2;

export const API = { port: Number(process.env.PORT ?? 4000), prefix: `/api/v${version}` } as const;
