# llama.cpp's own server over HTTP, out of the package xllamacpp. Prints its address, and ends when its input does.
#   python3 modelServer.py FOLDER-OF-THE-PACKAGE MODEL.gguf [--key KEY] [--context N] [--embeddings]
import argparse
import sys

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("model")
parser.add_argument("--key")
parser.add_argument("--context", type=int, default=2048)
parser.add_argument("--embeddings", action="store_true")
options = parser.parse_args()
sys.path.insert(0, options.folder)

import xllamacpp  # noqa: E402

parameters = xllamacpp.CommonParams()
parameters.model.path = options.model
parameters.n_ctx = options.context
parameters.n_parallel = 1
parameters.cpuparams.n_threads = 1
parameters.port = 0
parameters.embedding = options.embeddings
if options.key:
    parameters.api_keys = [options.key]
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
sys.stdin.read()
