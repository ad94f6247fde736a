"""Answers kept for the next identical request, as long as neither the store nor the rules change."""

from __future__ import annotations

from collections import OrderedDict

Version = tuple[int, str]


class Answers:
    """At most so many answers of so many bytes in all, the latest asked for kept."""

    def __init__(self, most: int, most_bytes: int) -> None:
        self.most = most
        self.most_bytes = most_bytes
        self.bytes = 0
        self.version: Version | None = None
        self.kept: OrderedDict[bytes, bytes] = OrderedDict()

    def get(self, key: bytes, version: Version) -> bytes | None:
        """The answer to a request at a version of store and rules."""
        if version != self.version:
            return None
        answer = self.kept.get(key)
        if answer is not None:
            self.kept.move_to_end(key)
        return answer

    def put(self, key: bytes, answer: bytes, version: Version) -> None:
        """Keep an answer given at a version; those of other versions go."""
        if version != self.version:
            self.kept.clear()
            self.bytes = 0
            self.version = version
        if key in self.kept or len(key) + len(answer) > self.most_bytes // 8:
            return
        self.kept[key] = answer
        self.bytes += len(key) + len(answer)
        while len(self.kept) > self.most or self.bytes > self.most_bytes:
            old_key, old = self.kept.popitem(last=False)
            self.bytes -= len(old_key) + len(old)
