"""Answers with the address that the server says the visitor has. Run by test_deploy.py."""


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(environ["REMOTE_ADDR"])))])
    return [environ["REMOTE_ADDR"].encode()]
