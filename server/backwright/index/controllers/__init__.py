"""The parts of the family of controllers: NestJS."""
