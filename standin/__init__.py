"""An exchange that is not one: it speaks the public REST dialects of real ones over HTTP, with faults on request.

`python -m standin` serves it for a demo; tests and benchmarks start a `Server` of their own.
"""
