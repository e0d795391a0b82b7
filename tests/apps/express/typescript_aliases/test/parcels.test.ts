import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { createApp } from '@/app';

const app = createApp();
const body = { recipient: 'reader@example.org', size: 'M', lockerId: 3 };

describe('parcels', () => {
  it('are announced by couriers', async () => {
    const answer = await request(app).post('/v1/parcels').set('x-courier-key', 'k').send(body);
    expect(answer.status).toBe(201);
    const found = await request(app).get(`/v1/parcels/${answer.body.id}`);
    expect(found.body.size).toBe('M');
  });

  it('need a courier', async () => {
    await request(app).post('/v1/parcels').send(body).expect(401);
  });

  it.each([{}, { code: '12' }])('are not collected with %o', async (wrong) => {
    const answer = await request(app).post('/v1/parcels/1/collect').send(wrong);
    expect(answer.status).toBe(422);
  });
});
