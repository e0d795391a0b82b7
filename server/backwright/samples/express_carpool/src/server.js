import { createApp } from './app.js';
import { config } from './config.js';
import { createUser } from './services/accounts.js';

if (config.admin.email && config.admin.password) {
  await createUser({ ...config.admin, name: 'Admin', role: 'admin' });
}

createApp().listen(config.port, (error) => {
  if (error) throw error;
  console.log(`Listening on port ${config.port}`);
});
