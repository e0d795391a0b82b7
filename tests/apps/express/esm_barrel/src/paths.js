export const API = '/api';
export const VERSION = 'v2';
export const STATIONS = `${API}/${VERSION}/stations`;

export default { admin: '/backstage', feeds: '/feeds' };
