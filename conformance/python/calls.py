"""Notes what became of every call of the client's public methods, for the table of compatibility.

The classes stay as they are published; only their methods are wrapped from outside while tests run.
"""

import atexit
import functools
import importlib
import inspect
import json
import os
import pkgutil
import re
from importlib.metadata import version
from pathlib import Path

PACKAGES = {"Python": "daytona._sync", "Python, async": "daytona._async"}
HANDLES = {"Python": ["daytona.handle.pty_handle"], "Python, async": ["daytona.handle.async_pty_handle"]}

# The server's words for a path that it has not, and the clients' for a WebSocket that gets them.
UNKNOWN_PATH = re.compile(r"Cannot (GET|POST|PUT|PATCH|DELETE) /|<Response \[404 |\b404, message=")

# What the HTTP libraries say where the client passes on no more than that.
STATUS_IN_WORDS = re.compile(r"(?:\berror '|: )(\d{3})(?: |, message=)")

WORKS = "works"
NOT_SERVED = "not served"
FAILS = "fails"

# Private methods, and the hooks of the library that the client's models are made with.
NOT_OF_THE_CLIENT = ("_", "model_")

# Parts of the package that speak to no server.
LOCAL = {"ObjectStorage"}

notes = {}


def watch():
    """Wraps every public method; what was seen is written when the process ends."""
    for column, cls in client_classes():
        for name, member in vars(cls).items():
            if inspect.isfunction(member) and not name.startswith(NOT_OF_THE_CLIENT):
                method = f"{cls.__name__.removeprefix('Async')}.{name}"
                notes.setdefault(column, {})[method] = []
                setattr(cls, name, noting(member, notes[column][method]))
    atexit.register(write)


def client_classes():
    for column, package_name in PACKAGES.items():
        package = importlib.import_module(package_name)
        modules = [f"{package_name}.{module.name}" for module in pkgutil.iter_modules(package.__path__)]
        for module_name in modules + HANDLES[column]:
            module = importlib.import_module(module_name)
            for _, cls in inspect.getmembers(module, inspect.isclass):
                if cls.__module__ == module_name and not cls.__name__.startswith("_") and not local(cls):
                    yield column, cls


def local(cls):
    return cls.__name__.removeprefix("Async") in LOCAL


def noting(method, outcomes):
    def note(outcome):
        if outcome not in outcomes:
            outcomes.append(outcome)

    if inspect.isasyncgenfunction(method):

        @functools.wraps(method)
        async def wrapper(*args, **options):
            try:
                async for item in method(*args, **options):
                    yield item
            except Exception as error:
                note(outcome_of(error))
                raise
            note(WORKS)

    elif inspect.iscoroutinefunction(method):

        @functools.wraps(method)
        async def wrapper(*args, **options):
            try:
                result = await method(*args, **options)
            except Exception as error:
                note(outcome_of(error))
                raise
            note(WORKS)
            return result

    else:

        @functools.wraps(method)
        def wrapper(*args, **options):
            try:
                result = method(*args, **options)
            except Exception as error:
                note(outcome_of(error))
                raise
            if inspect.isgenerator(result):
                return noting_generator(result, note)
            note(WORKS)
            return result

    return wrapper


def noting_generator(generator, note):
    try:
        yield from generator
    except Exception as error:
        note(outcome_of(error))
        raise
    note(WORKS)


def outcome_of(error):
    if UNKNOWN_PATH.search(f"{error} {getattr(error, 'body', '')}"):
        return NOT_SERVED
    told = STATUS_IN_WORDS.search(str(error))
    status = getattr(error, "status_code", None) or getattr(error, "status", None) or (told and told[1])
    return f"answers {status}" if status else FAILS


def write():
    directory = os.environ.get("CONFORMANCE_CALLS")
    if not directory:
        return
    seen = {f"{column} {version('daytona')}": methods for column, methods in notes.items()}
    Path(directory, f"python-{os.getpid()}.json").write_text(json.dumps(seen))
