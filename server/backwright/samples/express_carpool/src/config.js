function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export const config = {
  port: Number(process.env.PORT ?? 3000),
  tokenSecret: required('CARPOOL_TOKEN_SECRET'),
  tokenLifetime: process.env.CARPOOL_TOKEN_LIFETIME ?? '2h',
  admin: {
    email: process.env.CARPOOL_ADMIN_EMAIL,
    password: process.env.CARPOOL_ADMIN_PASSWORD,
  },
};
