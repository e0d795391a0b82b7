SLOW = "slow"
URGENT = "urgent"
