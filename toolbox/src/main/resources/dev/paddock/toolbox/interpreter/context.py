# Runs one piece of code after the other in one namespace. Each request is a line of JSON on what was
# standard input. Output goes where a program's output goes; marks around it, on both streams, tell
# which request it belongs to. Runs inside the sandbox, so nothing of it is trusted.
import json
import linecache
import os
import signal
import sys
import traceback

MOST_NAME = 200
MOST_VALUE = 16_000
MOST_TRACEBACK = 64_000
MOST_SOURCES = 200

streams = ((sys.stdout, os.dup(1)), (sys.stderr, os.dup(2)))
running = False
interrupted = False


def serve(requests):
    # Code must neither read requests nor hand them to what it starts.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.argv = [""]
    # As on a terminal: a line at a time, and as a whole.
    for stream, _ in streams:
        stream.reconfigure(line_buffering=True)
    signal.signal(signal.SIGINT, interrupt)
    sources = []
    for line in requests:
        request = parse(line)
        if request is not None:
            run(request, sources)


def parse(line):
    try:
        request = json.loads(line)
        return request if isinstance(request, dict) and "run" in request else None
    except ValueError:
        # A request that was cut off when its sender died.
        return None


def interrupt(number, frame):
    global interrupted
    if running:
        interrupted = True
        raise KeyboardInterrupt


def run(request, sources):
    global interrupted
    interrupted = False
    name = remember(request["code"], sources)
    mark(request["run"], "begin", {})
    before = {key: os.environ.get(key) for key in request["envs"]}
    os.environ.update(request["envs"])
    error = execute(request["code"], name)
    for key, value in before.items():
        if value is None:
            os.environ.pop(key, None)
        else:
            os.environ[key] = value
    mark(request["run"], "end", {"interrupted": interrupted, "error": error})


def remember(code, sources):
    name = f"<code {sources[-1][1] + 1 if sources else 1}>"
    sources.append((name, sources[-1][1] + 1 if sources else 1))
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    if len(sources) > MOST_SOURCES:
        linecache.cache.pop(sources.pop(0)[0], None)
    return name


def execute(code, name):
    global running
    try:
        try:
            running = True
            exec(compile(code, name, "exec"), vars(sys.modules["__main__"]))
        finally:
            running = False
    except BaseException as error:
        return describe(error)
    return None


def describe(error):
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals is globals():
        trace = trace.tb_next
    try:
        value = str(error)
    except Exception:
        value = "<the error has no text>"
    try:
        lines = "".join(traceback.format_exception(type(error), error, trace))
    except Exception:
        lines = ""
    return {
        "name": type(error).__name__[:MOST_NAME],
        "value": value[:MOST_VALUE],
        "traceback": lines[-MOST_TRACEBACK:],
    }


def mark(run, kind, about):
    text = f"\x1e{run} {kind} {json.dumps(about)}\n".encode()
    for stream, descriptor in streams:
        try:
            stream.flush()
        except Exception:
            pass
        rest = text
        while rest:
            rest = rest[os.write(descriptor, rest) :]
