"""Plain calls beside the fuzzing: they build the world and clean up, and must succeed."""

import requests


class Client:
    """Calls the API of one server with one credential."""

    def __init__(self, base_url, token, session=None):
        self.base_url, self.token = base_url, token
        self.session = session or requests.Session()
        self.session.trust_env = False

    def call(self, method, path, body=None, gone_is_fine=False, message=None):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if message is not None:
            headers["Content-Type"] = "message/rfc822"
        answer = self.session.request(method, f"{self.base_url}/v1{path}", json=body, data=message, headers=headers, timeout=60)
        if not answer.ok and not (gone_is_fine and answer.status_code == 404):
            raise SystemExit(f"fuzz: building the world failed: {method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None

    def post(self, path, **body):
        return self.call("POST", path, body)

    def get(self, path):
        return self.call("GET", path)

    def patch(self, path, **body):
        return self.call("PATCH", path, body)

    def delete(self, path):
        return self.call("DELETE", path)
