"""The `som worker` process, and the frames by which it is asked: docs/design/worker.md of Som has them."""

import json
import os
import shlex
import struct
import subprocess
import tempfile
import threading

PROTOCOL = 1
# Mark, version, length of the JSON, 0, length of the bytes.
HEAD = "<4sIIIQ"
HEAD_BYTES = struct.calcsize(HEAD)


class WorkerError(RuntimeError):
    """What a worker said was wrong, for the user."""


def command_of(som):
    """The command as a list of words: as given, or that of SOM_COMMAND, or `som`."""
    given = som or os.environ.get("SOM_COMMAND") or "som"
    return shlex.split(given) if isinstance(given, str) else list(given)


def frame_of(head, data=b""):
    """A frame with a JSON object and bytes."""
    text = json.dumps(head).encode()
    return struct.pack(HEAD, b"SOMW", PROTOCOL, len(text), 0, len(data)) + text + data


class Worker:
    """A process that answers one question."""

    def __init__(self, command, backend="auto", threads=None):
        words = [*command, "worker", "--backend", backend]
        if threads is not None:
            words += ["--threads", str(threads)]
        self._said = tempfile.TemporaryFile()
        try:
            self._process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said, bufsize=1 << 20
            )
        except OSError as error:
            raise WorkerError(
                f"cannot start {words[0]}: {error.strerror}; install Node.js and @som/cli where Spark runs, "
                "or name the command in SOM_COMMAND"
            ) from None
        self.output = self._process.stdout

    def write(self, data):
        """Writes bytes of a question; a worker that has ended is heard of when its answer is read."""
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except BrokenPipeError:
            pass

    def close_input(self):
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass

    def read_frame(self):
        """The next frame of an answer, as its JSON and its bytes. Raises a WorkerError where there is none."""
        head = self.output.read(HEAD_BYTES)
        if len(head) < HEAD_BYTES:
            self.end()
            raise WorkerError("som worker ended without an answer")
        mark, version, text, _, data = struct.unpack(HEAD, head)
        if mark != b"SOMW" or version != PROTOCOL:
            self.kill()
            raise WorkerError(
                f"expected version {PROTOCOL} of the protocol, found another answer; "
                "install the same release of som-spark and @som/cli"
            )
        return json.loads(self.output.read(text)), self.output.read(data)

    def feed(self, frame, batches, seen=lambda batch: None):
        """Writes a frame and Arrow batches from a thread, while the answer is read. Gives a function that waits for
        the thread, and raises what the batches raised."""
        import pyarrow as pa

        failed = []

        def run():
            try:
                self.write(frame)
                writer = None
                for batch in batches:
                    if writer is None:
                        writer = pa.ipc.new_stream(self._process.stdin, batch.schema)
                    writer.write_batch(batch)
                    seen(batch)
                if writer is not None:
                    writer.close()
            except (BrokenPipeError, pa.ArrowInvalid, OSError):
                pass  # The worker has ended: its message says why.
            except BaseException as error:  # noqa: BLE001 - raised again where the answer is read
                failed.append(error)
            finally:
                self.close_input()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()

        def wait():
            thread.join()
            if failed:
                raise failed[0]

        return wait

    def end(self):
        """Waits for the end of the process. Raises a WorkerError with what it said, unless all went well."""
        self.close_input()
        code = self._process.wait()
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip()
        if code != 0:
            told = [line for line in said.splitlines() if line.startswith("som worker: ")]
            raise WorkerError("\n".join(told)[len("som worker: ") :] or said or f"som worker ended with code {code}")

    def kill(self):
        self._process.kill()
        self._process.wait()


def answers_of(worker, wait):
    """The batches of an answer that is an Arrow stream. Raises a WorkerError where it breaks off."""
    import pyarrow as pa

    try:
        with pa.ipc.open_stream(worker.output) as stream:
            yield from stream
    except (pa.ArrowInvalid, OSError):
        wait()
        worker.end()
        raise
    wait()
    worker.end()
