import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';

import { createApp } from '../src/app.js';
import { makeRide, signIn } from './helpers.js';

const app = createApp();

describe('POST /api/rides/:rideId/reservations', () => {
  let driver;
  let passenger;
  let ride;

  beforeEach(async () => {
    driver = await signIn('Bertha');
    passenger = await signIn('Carl');
    ride = await makeRide(driver.user, { seats: 2 });
  });

  const reserve = ({ authorization }, seats) =>
    request(app)
      .post(`/api/rides/${ride.id}/reservations`)
      .set('Authorization', authorization)
      .send({ seats });

  it('takes seats of the ride', async () => {
    const response = await reserve(passenger, 2);

    expect(response.status).toBe(201);
    expect(response.body.passengerId).toBe(passenger.user.id);
    const { body } = await request(app).get(`/api/rides/${ride.id}`);
    expect(body.freeSeats).toBe(0);
  });

  it('refuses more seats than are left', async () => {
    await reserve(passenger, 1).expect(201);

    await reserve(await signIn('Emma'), 2).expect(409);
  });

  it('refuses a second reservation', async () => {
    await reserve(passenger, 1).expect(201);

    await reserve(passenger, 1).expect(409);
  });

  it('refuses the driver', async () => {
    await reserve(driver, 1).expect(403);
  });
});
