-- A forecast says two things, each hidden for itself; its list stands beside the share late without it; chances by the other
-- two readings of the deadline.

ALTER TABLE forecast_run
    ADD chances_shown boolean NOT NULL DEFAULT true, -- where shown: they beat the baseline's
    ADD days_shown boolean NOT NULL DEFAULT true,
    ADD base double precision, -- share late of those open 2 working days before their deadline, when it was tried
    ALTER precision_set DROP NOT NULL; -- NULL: nobody was open then

ALTER TABLE forecast_case
    ADD chance_61 real, -- to miss the deadline as Nghị định 61/2018 reads it; NULL: nothing ahead, or hidden
    ADD chance_766 real; -- as Quyết định 766 is counted

ALTER TABLE forecast_score
    ADD ahead bigint, -- cases with a deadline on the day and a forecast 2 working days before, late or not; NULL: not counted
    ADD open_error_us double precision, -- at the end of the day, forecasts of 30 days of cases that are open: by how much more
    ADD simple_open_error_us double precision; -- than was expected they have lain
