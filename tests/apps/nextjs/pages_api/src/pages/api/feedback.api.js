export default function handler(req, res) {
  if (req.method === "POST") {
    res.status(202).json({ received: true });
  } else {
    res.status(200).json({ form: "/feedback" });
  }
}
