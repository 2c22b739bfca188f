-- Whether a unit occurs among the subjects is asked for every name that the reference does not know (screens, data API).
CREATE INDEX subject_state_unit ON subject_state (unit);
