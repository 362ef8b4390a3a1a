import json
import socket
import sys

# tag::client[]
def call(lines, function, **arguments):
    fields = ["!call@1", "fn:" + function]
    fields += [name + "=" + json.dumps(value) for name, value in arguments.items()]
    print("\t".join(fields), file=lines, flush=True)
    for line in lines:
        if line.startswith(">1\t"):
            id, kind, value = line.rstrip("\n").split("\t")
            if kind == "Exception":
                raise RuntimeError(json.loads(value))
            return json.loads(value)
    raise ConnectionError("The server has closed the connection")
# end::client[]

# tag::use[]
port = int(sys.argv[1]) if len(sys.argv) > 1 else 10123
with socket.create_connection(("127.0.0.1", port)) as connection:
    lines = connection.makefile("rw", encoding="utf-8", newline="\n")
    call(lines, "errors.report", file="b.csv", line=7, message="größer als 10 °C")
    print(call(lines, "errors.list", limit=1))
    try:
        call(lines, "errors.report", file="b.csv")
    except RuntimeError as error:
        print(error)
# end::use[]
