import request from 'supertest';
import { describe, expect, it } from 'vitest';

import { createApp } from '../src/app.js';
import { PASSWORD, signIn } from './helpers.js';

const app = createApp();
const bertha = { email: 'bertha@example.org', name: 'Bertha', password: PASSWORD };

describe('POST /api/auth/register', () => {
  it('creates a user', async () => {
    const response = await request(app).post('/api/auth/register').send(bertha);

    expect(response.status).toBe(201);
    expect(response.body).toEqual({
      id: 1,
      email: 'bertha@example.org',
      name: 'Bertha',
      role: 'user',
      blocked: false,
    });
  });

  it('takes an email address once', async () => {
    await signIn('Bertha');

    const response = await request(app).post('/api/auth/register').send(bertha);

    expect(response.status).toBe(409);
  });

  it.each([{ email: 'nowhere' }, { password: 'short' }, { role: 'admin' }])(
    'refuses %o',
    async (change) => {
      const response = await request(app)
        .post('/api/auth/register')
        .send({ ...bertha, ...change });

      expect(response.status).toBe(422);
      expect(response.body.error.details).toHaveLength(1);
    },
  );
});

describe('POST /api/auth/login', () => {
  it('answers with a token that opens /me', async () => {
    await signIn('Bertha');

    const { body } = await request(app)
      .post('/api/auth/login')
      .send({ email: bertha.email, password: PASSWORD })
      .expect(200);

    const me = await request(app).get('/api/auth/me').auth(body.token, { type: 'bearer' });
    expect(me.body).toEqual(body.user);
  });

  it('refuses a wrong password', async () => {
    await signIn('Bertha');

    await request(app)
      .post('/api/auth/login')
      .send({ email: bertha.email, password: 'a wrong secret' })
      .expect(401);
  });
});

describe('GET /api/auth/me', () => {
  it('needs a token', async () => {
    await request(app).get('/api/auth/me').expect(401);
  });
});
