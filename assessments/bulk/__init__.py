"""Many posts at once, from files into files: on all cores of one machine, and on many machines.

A run: `reading` cuts the input into batches, `workers` have `screening` done with them (the engine and the chosen
fields), `writing` puts what comes back into the output in the order of the input, and `resuming` knows how far it is.
"""
