def measure() -> None:
    print("measure")


def calibrate() -> None:
    print("calibrate")


def rinse() -> None:
    print("rinse")
