import { beforeEach } from 'vitest';

import { clearStore } from '../src/store.js';

beforeEach(clearStore);
