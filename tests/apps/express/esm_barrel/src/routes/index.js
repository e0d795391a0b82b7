export { default as shows } from './shows.js';
export { default as stations } from './stations.js';
export { router as charts } from './charts.js';
export * from './schedule.js';
