"""The connections of the fuzzing."""

import requests


class Session(requests.Session):
    """A session that reads a live stream as far as its first frame: it has no end to wait for."""

    def __init__(self):
        super().__init__()
        self.trust_env = False  # no proxies, no netrc: looking for them takes a sixth of the time

    def send(self, request, **settings):
        answer = super().send(request, **(settings | {"stream": True}))
        if answer.headers.get("Content-Type") == "text/event-stream":
            # What `content` holds when all has been read; requests has no other way to say that this is all.
            answer._content = next(answer.iter_content(chunk_size=None), b"")
            answer._content_consumed = True
            answer.close()
        _ = answer.content  # the others are read to their end, as without `stream`
        return answer
