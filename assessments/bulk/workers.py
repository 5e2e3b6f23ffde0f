"""Batches done by several processes, given back in order. A process that dies loses nothing: its batches go to others.

Every worker has a pipe of its own, so that one that is killed can hold no lock that others wait for. Workers are forked
after the checklist is compiled: they begin at once and share its memory. The parent only reads, hands out and writes.
"""

import gc
import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from multiprocessing.connection import wait

from assessments.bulk.reading import InputError

AHEAD = 2  # batches that a worker has: one that it does, and the next, so that it never waits for the parent
WINDOW = 4  # batches for each worker that may be read and not written yet; what bounds the memory
ATTEMPTS = 3  # at a batch whose worker dies


class WorkersDie(Exception):
    """The processes die at the same rows again and again. str() is the sentence for whoever runs the command."""


def cores():
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(batches, do, processes):
    """For every Batch, in order: the batch and what `do(source, rows)` made of it, in so many processes.

    With one process, or where processes cannot be forked, it is done here. Raises WorkersDie, and what reading raises.
    """
    if processes <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        for batch in batches:
            yield batch, do(batch.source, batch.rows)
        return
    crew = _Crew(do, processes)
    try:
        yield from crew.through(iter(batches))
    finally:
        crew.dismiss()


class _Worker:
    """A process with its pipe. `doing` holds the numbers of its batches, the one in work first."""

    def __init__(self, do, others):
        self.pipe, theirs = multiprocessing.Pipe()
        inherited = [worker.pipe for worker in others] + [self.pipe]
        # A daemon ends with us when we end well; when we are killed, the end of the pipe tells it.
        self.process = multiprocessing.get_context("fork").Process(
            target=_work, args=(theirs, inherited, do), daemon=True
        )
        self.process.start()
        theirs.close()
        self.doing = deque()


class _Crew:
    def __init__(self, do, processes):
        self.do, self.workers = do, []
        self.open = {}  # number -> batch that is read and not given back yet
        self.results, self.again, self.attempts = {}, deque(), {}
        for _ in range(processes):
            self.workers.append(_Worker(do, self.workers))

    def through(self, batches):
        """The batches with their results, in order."""
        given, read, more, failure = 0, 0, True, None
        while more or given < read:
            while (worker := self._free()) and (self.again or (more and read - given < WINDOW * len(self.workers))):
                if not self.again:
                    try:
                        batch = next(batches, None)
                    except InputError as error:
                        batch, failure = None, error  # what was read before is still done
                    if batch is None:
                        more = False
                        continue
                    self.open[read] = batch
                    self.again.append(read)
                    read += 1
                self._send(worker, self.again.popleft())
            while given in self.results:
                yield self.open.pop(given), self.results.pop(given)
                given += 1
            if given < read and given not in self.results:
                self._receive()
        if failure:
            raise failure

    def dismiss(self):
        """End all workers and wait for them."""
        for worker in self.workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()

    def _free(self):
        worker = min(self.workers, key=lambda worker: len(worker.doing))
        return worker if len(worker.doing) < AHEAD else None

    def _send(self, worker, number):
        worker.doing.append(number)
        batch = self.open[number]
        try:
            worker.pipe.send((number, batch.source, batch.rows))
        except OSError:
            self._replace(worker)

    def _receive(self):
        """Wait until a worker has something to say, and take it."""
        ready = wait([worker.pipe for worker in self.workers])
        for worker in [worker for worker in self.workers if worker.pipe in ready]:
            try:
                number, result = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker)
            else:
                worker.doing.remove(number)
                self.results[number] = result

    def _replace(self, dead):
        """Another worker for one that died; its batches come first, in their order. Raises WorkersDie."""
        dead.pipe.close()
        dead.process.kill()
        dead.process.join()
        self.workers.remove(dead)
        for number in reversed(dead.doing):
            self.again.appendleft(number)
        if dead.doing:
            number = dead.doing[0]
            self.attempts[number] = self.attempts.get(number, 0) + 1
            if self.attempts[number] >= ATTEMPTS:
                raise WorkersDie(
                    f"The process died {ATTEMPTS} times at the same {len(self.open[number].rows)} rows, before byte or "
                    f"row {self.open[number].end} of input {self.open[number].source + 1}. Is the memory full?"
                )
        self.workers.append(_Worker(self.do, self.workers))


def _work(pipe, inherited, do):
    """The life of a worker: batches in, results out, until the parent closes the pipe or is gone."""
    for other in inherited:
        other.close()  # or the end of the parent would not be seen
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to hear
    gc.disable()
    waiting = queue.SimpleQueue()
    # A thread empties the pipe at any time: else we and the parent could wait for each other with both directions full.
    threading.Thread(target=_listen, args=(pipe, waiting), daemon=True).start()
    while (task := waiting.get()) is not None:
        number, source, rows = task
        try:
            pipe.send((number, do(source, rows)))
        except OSError:
            break
    os._exit(0)  # nothing of the parent's may be written a second time


def _listen(pipe, waiting):
    try:
        while True:
            waiting.put(pipe.recv())
    except (EOFError, OSError):
        waiting.put(None)
