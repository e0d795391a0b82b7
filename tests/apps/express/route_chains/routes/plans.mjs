import { Router } from 'express';
import { writers } from '../middleware.mjs';

const plans = Router();

plans.param('plan', (req, res, next, plan) => {
  req.plan = { name: plan };
  next();
});

plans.route('/').get(listPlans).post(writers, createPlan);
plans.route('/:plan').get((req, res) => res.json(req.plan));

const weeks = plans.route('/:plan/weeks/:week');
weeks.get((req, res) => res.json({ plan: req.plan.name, week: req.params.week }));
weeks.put(writers, (req, res) => res.sendStatus(204));

function listPlans(req, res) {
  res.json([]);
}

async function createPlan(req, res) {
  res.status(201).json(req.body);
}

export default plans;
