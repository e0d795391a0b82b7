"""The parts of the evaluator: modules, steps, calls, members, expressions."""
