'use strict';

const express = require('express');
const createBeds = require('./routes/beds');
const { createSensors, createValves } = require('./routes/hardware');
const journal = require('./routes/journal');
const crud = require('./routes/crud');
const { openStore } = require('./store');

function createApp({ store = openStore(), clock = Date } = {}) {
  const app = express();
  const deps = { store, clock };

  app.use(express.json());
  app.use('/beds', createBeds(deps));
  app.use('/hardware/sensors', createSensors(store));
  app.use('/hardware', createValves({ store }));
  app.use(journal(deps));
  app.use('/seeds', crud({ store, kind: 'seeds' }));
  app.use('/tools', crud({ store, kind: 'tools' }));

  return app;
}

module.exports = { createApp };

if (require.main === module) {
  createApp().listen(3000);
}
