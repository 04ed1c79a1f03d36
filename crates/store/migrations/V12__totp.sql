-- The second factor of members (API 3.1). secret: sealed for the member. confirmed_at: from when on it is asked for. step: the last
-- 30 seconds whose code was taken, so that each code is taken once.
CREATE TABLE member_totp (
    member_id {text} NOT NULL PRIMARY KEY REFERENCES member (id),
    secret {text} NOT NULL,
    confirmed_at {int},
    step {int} NOT NULL,
    created_at {int} NOT NULL
) {strict};

-- What opens in the place of a code, once each. hash: of the recovery code.
CREATE TABLE recovery_code (
    member_id {text} NOT NULL REFERENCES member (id),
    hash {text} NOT NULL,
    PRIMARY KEY (member_id, hash)
) {strict};
