"""A time to end that holds on other machines too."""

from tourpool.routing.solver.stop import Stop


class Deadline(Stop):
    """Sent elsewhere, it takes the seconds that are left along: clocks of machines differ.

    What is sent once to each machine so ends there as much later as it took to come.
    """

    def __reduce__(self) -> tuple[type["Deadline"], tuple[float]]:
        """What is sent."""
        return Deadline, (self.left_s,)
