const request = require('supertest');
const app = require('../src/app');
const { issueToken } = require('../src/middleware/auth');

const bearer = (role) => `Bearer ${issueToken('player', role)}`;

describe('bookings', () => {
  const slot = { room: 'A', starts: '2030-01-01T10:00:00Z', hours: 2 };

  test('are made by those who signed in', async () => {
    const made = await request(app)
      .post('/api/bookings')
      .set('Authorization', bearer('guest'))
      .send(slot);
    expect(made.status).toBe(201);
    const read = await request(app)
      .get(`/api/bookings/${made.body.id}`)
      .set('Authorization', bearer('guest'));
    expect(read.body.room).toBe('A');
  });

  test('need a token', async () => {
    await request(app).post('/api/bookings').send(slot).expect(401);
  });

  test('last a day at most', async () => {
    const answer = await request(app)
      .post('/api/bookings')
      .set('Authorization', bearer('guest'))
      .send({ ...slot, hours: 40 });
    expect(answer.status).toBe(422);
  });
});

test('guests see no occupancy', async () => {
  await request(app)
    .get('/api/admin/occupancy')
    .set('Authorization', bearer('guest'))
    .expect(403);
});
