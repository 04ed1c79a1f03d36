"""What the judge of fsync_before_answer.py must accept and, above all, refuse: a proof that cannot fail proves nothing.
The traces are shortened from real ones; `make test` runs this."""

import unittest

from fsync_before_answer import judge

WAL, OTHER = "5</d/dispatch.db-wal>", "6</d/dispatch.db>"
HEADER = '"\\0\\0\\0\\5\\0\\0\\0\\0' + "salt" * 4 + '"'
COMMIT = '"\\0\\0\\0\\5\\0\\0\\0\\7' + "salt" * 4 + '"'
PAGE = f'7 1:2:3.4 pwrite64({WAL}, "\\r\\0two words", 4096, 56) = 4096'
LAST_PAGE = f'7 1:2:3.4 pwrite64({WAL}, "\\r\\0index\\"", 4096, 4176) = 4096'
WRITES = [
    f"7 1:2:3.4 pwrite64({WAL}, {HEADER}, 24, 32) = 24",
    PAGE,
    f"7 1:2:3.4 pwrite64({WAL}, {COMMIT}, 24, 4152) = 24",
    LAST_PAGE,
]
SYNC = f"7 1:2:3.4 fdatasync({WAL}) = 0"
ANSWER = '8 1:2:3.4 writev(9<socket:[1]>, [{iov_base="HTTP/1.1 201 Created\\r\\n", iov_len=22}, {iov_base="{}", iov_len=2}], 2) = 24'


class Judge(unittest.TestCase):
    def accepts(self, *lines, texts=("two words",)):
        self.assertEqual(judge(lines, texts), [])

    def refuses(self, *lines, texts=("two words",)):
        self.assertTrue(judge(lines, texts))

    def test_write_sync_answer_is_accepted(self):
        self.accepts(*WRITES, SYNC, ANSWER)

    def test_a_sync_cut_in_two_by_another_thread_is_accepted(self):
        begun = SYNC.replace(") = 0", " <unfinished ...>")
        done = "7 1:2:3.4 <... fdatasync resumed>) = 0"
        self.accepts(*WRITES, begun, "8 1:2:3.4 +++ exited with 0 +++", done, ANSWER)
        self.refuses(*WRITES, begun, ANSWER, done)

    def test_a_later_transaction_of_somebody_else_does_not_matter(self):
        self.accepts(*WRITES, SYNC, *[line.replace("two words", "other") for line in WRITES], ANSWER)

    def test_an_answer_before_its_sync_is_refused(self):
        self.refuses(*WRITES, ANSWER, SYNC)

    def test_an_answer_without_a_sync_is_refused(self):
        self.refuses(*WRITES, ANSWER)

    def test_a_sync_before_the_commit_frame_is_refused(self):
        self.refuses(*WRITES[:2], SYNC, *WRITES[2:], ANSWER)

    def test_a_sync_that_begins_while_the_commit_is_being_written_is_refused(self):
        begun = LAST_PAGE.replace(") = 4096", " <unfinished ...>")
        sync = SYNC.replace("7 ", "6 ", 1)
        self.refuses(*WRITES[:3], begun, sync, "7 1:2:3.4 <... pwrite64 resumed>) = 4096", ANSWER)

    def test_a_sync_that_fails_is_refused(self):
        self.refuses(*WRITES, SYNC.replace("= 0", "= -1 EIO (Input/output error)"), ANSWER)

    def test_a_sync_of_another_file_is_refused(self):
        self.refuses(*WRITES, SYNC.replace(WAL, OTHER), ANSWER)

    def test_the_sync_of_the_answer_before_does_not_serve_the_next(self):
        second = [line.replace("two words", "more") for line in WRITES]
        self.accepts(*WRITES, SYNC, ANSWER, *second, SYNC, ANSWER, texts=("two words", "more"))
        self.refuses(*WRITES, SYNC, ANSWER, *second, ANSWER, texts=("two words", "more"))
        self.refuses(*WRITES, SYNC, ANSWER, SYNC, ANSWER, texts=("two words", "two words"))

    def test_an_answer_whose_write_is_not_in_the_wal_is_refused(self):
        self.refuses(*WRITES, SYNC, ANSWER, texts=("never written",))

    def test_no_answers_or_too_few_or_too_many_are_refused(self):
        self.refuses()
        self.refuses(texts=())
        self.refuses(*WRITES, SYNC)
        self.refuses(*WRITES, SYNC, ANSWER, texts=("two words", "two words"))
        self.refuses(*WRITES, SYNC, ANSWER, ANSWER)


if __name__ == "__main__":
    unittest.main()
