"""Reads the public API's contract out of the generated Python clients: operations with their documented
statuses, and models with their required keys.

    read.py VERSION=DIRECTORY ... > contract.json

The packages' source is parsed, not run, so several versions can be read side by side.
"""

import ast
import json
import sys
from pathlib import Path

SERVICES = {"api": "daytona_api_client", "toolbox": "daytona_toolbox_api_client"}
SIMPLE = {
    "StrictStr": "string",
    "str": "string",
    "datetime": "string",
    "date": "string",
    "StrictBool": "boolean",
    "bool": "boolean",
    "StrictInt": "integer",
    "int": "integer",
    "StrictFloat": "number",
    "float": "number",
}
ANYTHING = {"Any", "object", "bytearray", "bytes", "StrictBytes"}
UNKNOWN_VALUE = "unknown_default_open_api"


def shape(node):
    """What a type annotation says about JSON: a kind by name, or what it is made of."""
    match node:
        case ast.Constant(value=str() as text):
            return shape(ast.parse(text, mode="eval").body)
        case ast.Name(id=name):
            return None if name in ANYTHING else SIMPLE.get(name, {"model": name})
        case ast.Subscript(value=ast.Name(id="List"), slice=item):
            return {"list": shape(item)}
        case ast.Subscript(value=ast.Name(id="Dict"), slice=ast.Tuple(elts=[_, value])):
            return {"map": shape(value)}
        case ast.Subscript(value=ast.Name(id="Annotated"), slice=ast.Tuple(elts=[inner, *_])):
            return shape(inner)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return {"nullable": shape(inner)}
        case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=choices)):
            kinds = [shape(choice) for choice in choices]
            return "number" if set(map(str, kinds)) == {"number", "integer"} else None
    return None


def keywords(call):
    return {keyword.arg: keyword.value for keyword in call.keywords}


def read_field(statement):
    """A field's key in JSON, and whether it must be there."""
    key, required = statement.target.id, statement.value is None
    match statement.value:
        case ast.Call(func=ast.Name(id="Field"), args=args) as call:
            options = keywords(call)
            alias = options.get("serialization_alias", options.get("alias"))
            key = alias.value if alias else key
            required = "default" not in options and (not args or args[0].value is ...)
    return key, {"required": required, "shape": shape(statement.annotation)}


def read_model(definition):
    bases = {base.id for base in definition.bases if isinstance(base, ast.Name)}
    if "Enum" in bases:
        values = [line.value.value for line in definition.body if isinstance(line, ast.Assign)]
        return {"values": [value for value in values if value != UNKNOWN_VALUE]}
    fields = [line for line in definition.body if isinstance(line, ast.AnnAssign)]
    names = {line.target.id for line in fields}
    if "BaseModel" not in bases or "actual_instance" in names:
        return None
    own = [
        line
        for line in fields
        if line.target.id != "additional_properties" and "ClassVar" not in ast.unparse(line.annotation)
    ]
    return {"fields": dict(read_field(line) for line in own)}


def read_models(package):
    models = {}
    for file in sorted((package / "models").glob("*.py")):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef) and (model := read_model(node)):
                models[node.name] = model
    return models


def documented_statuses(function):
    for node in ast.walk(function):
        match node:
            case ast.AnnAssign(target=ast.Name(id="_response_types_map"), value=ast.Dict(keys=keys, values=values)):
                return {key.value: shape(value) if value.value else None for key, value in zip(keys, values)}
    return None


def address(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and "resource_path" in (options := keywords(node)):
            return options["method"].value, options["resource_path"].value
    return None


def parse(file):
    """A module's syntax; empty where the generator wrote no Python, as it does for events that the
    server would send to others."""
    try:
        return ast.parse(file.read_text())
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def read_operations(package):
    operations = []
    for file in sorted((package / "api").glob("*_api.py")):
        functions = {node.name: node for node in ast.walk(parse(file)) if isinstance(node, ast.FunctionDef)}
        for name, function in functions.items():
            statuses = documented_statuses(function)
            serializer = functions.get(f"_{name}_serialize")
            if statuses and serializer:
                method, path = address(serializer)
                operations.append({"name": name, "method": method, "path": path, "statuses": statuses})
    return operations


def read_documents(version, directory):
    for service, name in SERVICES.items():
        package = Path(directory) / name
        if package.is_dir():
            yield {
                "service": service,
                "version": version,
                "operations": read_operations(package),
                "models": read_models(package),
            }


if __name__ == "__main__":
    arguments = [argument.split("=", 1) for argument in sys.argv[1:]]
    documents = [document for version, directory in arguments for document in read_documents(version, directory)]
    json.dump(documents, sys.stdout)
