import express, { Router } from 'express';
import paths, { API, STATIONS, VERSION as version } from './paths.js';
import { charts, schedule as timetable, shows, stations } from './routes/index.js';
import * as feeds from './routes/feeds.js';
import backstage from './routes/backstage.js';

export const app = express();

const api = Router();
api.use('/shows', shows);
api.use('/charts', charts);
api.use(`/shows/:show/schedule`, timetable);

app.use(express.json());
app.use(`${API}/${version}`, api);
app.use(STATIONS, stations);
app.use(paths.admin, backstage);
app.use(paths.feeds, feeds.rss, feeds.podcasts);

app.get('/up', (_req, res) => res.sendStatus(204));
