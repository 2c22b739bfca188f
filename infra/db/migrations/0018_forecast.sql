-- What will be late: one run a day, its forecasts of the cases that were open, and what became of forecasts by day.

CREATE TABLE forecast_run (
    day date PRIMARY KEY, -- for which it is
    made_at timestamptz NOT NULL,
    cases bigint NOT NULL, -- that it has learned from: ended ones
    mornings bigint NOT NULL,
    shape text, -- the chosen model; NULL: too few cases to learn from
    at_risk double precision, -- from which chance a case is named; NULL: none keeps the precision that was set
    precision_set double precision NOT NULL,
    shown boolean NOT NULL,
    reason text NOT NULL DEFAULT '', -- why it is not shown: no_hours, too_few, untried, not_better
    tried json -- how the model did on the later part of what it learned from, when it knew the earlier (streams.forecast.score)
);

CREATE TABLE forecast_case (
    day date NOT NULL REFERENCES forecast_run ON DELETE CASCADE,
    subject text COLLATE "C" NOT NULL,
    due_at timestamptz NOT NULL, -- the deadline that stood then
    step text NOT NULL, -- the last step, or for whom it waits
    chance real NOT NULL, -- to miss the deadline
    expected_at timestamptz NOT NULL, -- as likely to end before as after
    at_risk boolean NOT NULL,
    expected_us bigint NOT NULL, -- working time to the end
    simple_us bigint NOT NULL, -- what the baseline expects
    simple_chance real NOT NULL,
    PRIMARY KEY (subject, day)
);
CREATE INDEX forecast_case_day ON forecast_case (day, due_at);

-- Of the cases that ended on the day, and of the deadlines that passed on it, by all forecasts that were made of them.
CREATE TABLE forecast_score (
    day date PRIMARY KEY,
    ended bigint NOT NULL, -- forecasts of cases that ended
    error_us double precision NOT NULL, -- sum of what they were wrong by, in working time
    simple_error_us double precision NOT NULL,
    judged bigint NOT NULL, -- forecasts whose deadline passed
    late bigint NOT NULL, -- of which the case missed it
    chance double precision NOT NULL, -- sum of the chances
    brier double precision NOT NULL, -- sum of squares of chance less outcome
    simple_brier double precision NOT NULL,
    late_cases bigint NOT NULL, -- cases that missed their deadline on the day
    open_before bigint NOT NULL, -- of those: with a forecast 2 working days before
    named_late bigint NOT NULL, -- of those: named as at risk then
    named bigint NOT NULL -- cases with a deadline on the day that were named as at risk 2 working days before
);
