import express from "express";
import listings from "./routes/listings.js";

const app = express();
app.use("/listings", listings);
export default app;
