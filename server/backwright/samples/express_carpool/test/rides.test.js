import request from 'supertest';
import { describe, expect, it } from 'vitest';

import { createApp } from '../src/app.js';
import { inHours, makeRide, signIn } from './helpers.js';

const app = createApp();

describe('GET /api/rides', () => {
  it('finds rides by place, the next one first', async () => {
    const { user } = await signIn('Bertha');
    const later = await makeRide(user, { departsAt: inHours(48) });
    const sooner = await makeRide(user);
    await makeRide(user, { to: 'Cologne' });

    const response = await request(app).get('/api/rides').query({ to: 'antwerp' });

    expect(response.status).toBe(200);
    expect(response.body.items.map((it) => it.id)).toEqual([sooner.id, later.id]);
  });

  it('pages', async () => {
    const { user } = await signIn('Bertha');
    await makeRide(user);
    const second = await makeRide(user, { departsAt: inHours(48) });

    const { body } = await request(app).get('/api/rides').query({ limit: 1, offset: 1 });

    expect(body.items.map((it) => it.id)).toEqual([second.id]);
    expect(body.total).toBe(2);
  });
});

describe('POST /api/rides', () => {
  const ride = { from: 'Utrecht', to: 'Antwerp', departsAt: inHours(24), seats: 2 };

  it('offers a ride', async () => {
    const { user, authorization } = await signIn('Bertha');

    const response = await request(app)
      .post('/api/rides')
      .set('Authorization', authorization)
      .send(ride);

    expect(response.status).toBe(201);
    expect(response.body).toMatchObject({ ...ride, driverId: user.id, freeSeats: 2 });
    const read = await request(app).get(response.headers.location);
    expect(read.body).toEqual(response.body);
  });

  it('needs a token', async () => {
    await request(app).post('/api/rides').send(ride).expect(401);
  });

  it.each([{ departsAt: '2020-01-01T10:00:00Z' }, { seats: 0 }, { to: undefined }])(
    'refuses %o',
    async (change) => {
      const { authorization } = await signIn('Bertha');

      await request(app)
        .post('/api/rides')
        .set('Authorization', authorization)
        .send({ ...ride, ...change })
        .expect(422);
    },
  );
});

describe('GET /api/rides/:rideId', () => {
  it('answers 404 for a ride that is not there', async () => {
    await request(app).get('/api/rides/7').expect(404);
  });
});
