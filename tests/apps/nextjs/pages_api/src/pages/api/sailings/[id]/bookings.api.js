import { signedIn } from "../../../../lib/signed-in";

async function book(req, res) {
  if (req.method !== "POST") {
    res.status(405).end();
    return;
  }
  res.status(201).json({ sailing: req.query.id, seats: req.body?.seats ?? 1 });
}

export default signedIn(book);
