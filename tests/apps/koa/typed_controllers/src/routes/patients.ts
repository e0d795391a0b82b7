import Router from "koa-router";

import { patients } from "../controllers/patients.js";
import { requireStaff } from "../middleware/guards.js";

const router = new Router();

router.use(requireStaff("nurse"));
router.get("/", patients.list);
router.get("/:patientId", patients.show.bind(patients));
router.post("/", requireStaff("doctor"), patients.create);

export default router;
