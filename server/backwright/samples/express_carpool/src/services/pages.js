/** One page of `rows`, as lists are answered. */
export function paginate(rows, { limit, offset }) {
  return { items: rows.slice(offset, offset + limit), total: rows.length, limit, offset };
}
