const express = require('express');
const { apiLimiter } = require('./middleware/limits');
const { requireAuth, requireRole } = require('./middleware/auth');
const admin = require('./routes/admin');
const auth = require('./routes/auth');
const bookings = require('./routes/bookings');

const app = express();

app.use(express.json());
app.use('/api', apiLimiter);

app.use('/auth', auth);
app.use('/api/bookings', bookings);
app.use('/api/admin', requireAuth, requireRole('manager'), admin);

app.get('/health', (req, res) => res.json({ status: 'ok' }));

module.exports = app;
