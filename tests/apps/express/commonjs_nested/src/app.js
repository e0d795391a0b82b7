const express = require('express');
const notFound = require('./middleware/not-found');

const app = express();

app.use(express.json());
app.use('/photos', express.static('photos'));
app.use('/api', require('./routes'));

app.get('/', (req, res) => {
  res.json({ name: 'trails' });
});

app.use(notFound);

module.exports = app;
