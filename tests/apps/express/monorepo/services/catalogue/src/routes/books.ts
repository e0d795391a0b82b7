import { Router } from 'express';

const books = Router();

books.get('/', (_req, res) => {
  res.json([]);
});
books.get('/:isbn', (req, res) => {
  res.json({ isbn: req.params.isbn });
});

export default books;
