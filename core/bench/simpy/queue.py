"""One queue with several agents in simpy: calls come by chance, wait in order and talk as long as it takes.

Usage: queue.py AGENTS LOAD HANDLING_SECONDS SEED CALLS
Prints the nanoseconds for one call and the mean wait in seconds.
"""

import random
import sys
import time

import simpy


def main() -> None:
    agents, load, handling, seed, calls = (float(word) for word in sys.argv[1:])
    draw = random.Random(seed)
    environment = simpy.Environment()
    free = simpy.Resource(environment, capacity=int(agents))
    waited = 0.0

    def call():
        nonlocal waited
        came = environment.now
        with free.request() as turn:
            yield turn
            waited += environment.now - came
            yield environment.timeout(draw.expovariate(1 / handling))

    def arrivals():
        for _ in range(int(calls)):
            yield environment.timeout(draw.expovariate(load * agents / handling))
            environment.process(call())

    environment.process(arrivals())
    start = time.perf_counter_ns()
    environment.run()
    print((time.perf_counter_ns() - start) / calls, waited / calls)


main()
