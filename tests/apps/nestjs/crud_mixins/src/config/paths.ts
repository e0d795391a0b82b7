export const paths = { items: 'items', orders: 'orders' } as const;

export enum OrderPath {
  Cancel = ':orderId/cancel',
  Lines = ':orderId/lines',
}
