/** Rows with an id, kept in memory. Its methods are async, as those of a database would be. */
class Repository {
  #rows = new Map();
  #lastId = 0;

  async insert(fields) {
    const row = { id: ++this.#lastId, ...fields };
    this.#rows.set(row.id, row);
    return { ...row };
  }

  async find(id) {
    const row = this.#rows.get(id);
    return row ? { ...row } : null;
  }

  async filter(matches = () => true) {
    return [...this.#rows.values()].filter(matches).map((row) => ({ ...row }));
  }

  async first(matches) {
    return (await this.filter(matches))[0] ?? null;
  }

  async update(id, changes) {
    const row = { ...this.#rows.get(id), ...changes };
    this.#rows.set(id, row);
    return { ...row };
  }

  async remove(id) {
    return this.#rows.delete(id);
  }

  clear() {
    this.#rows.clear();
    this.#lastId = 0;
  }
}

export const users = new Repository();
export const rides = new Repository();
export const reservations = new Repository();
export const reviews = new Repository();

export function clearStore() {
  for (const repository of [users, rides, reservations, reviews]) repository.clear();
}
