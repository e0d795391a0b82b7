export { default as lockers } from './lockers';
export { couriers } from '@/routes/couriers';
