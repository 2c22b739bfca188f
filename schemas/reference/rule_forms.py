"""The rules that there are, and what the value of each is."""

RULE_FORMS = {
    "supplement_requests_allowed": "count",
    "supplement_restarts_deadline": "yes/no",
    "extensions_allowed": "count",
    "apology_days_before": "count",
    "refusal_needs_reason": "yes/no",
    "next_day_after": "HH:MM",
    "online_acceptance_hours": "count",
    "supplement_requests_before_overdue": "count",
    "waiting_is_subtracted": "yes/no",
    "open_request_is_the_end": "yes/no",
    "open_request_stops_deadline": "yes/no",
    "extension_after_expiry_moves": "yes/no",
    "apology_in_working_days": "yes/no",
    "day_off_counts_from_next_day": "yes/no",
    "due_on_day_off_moves": "yes/no",
    "supplement_stops_acceptance": "yes/no",
    "supplement_notice_days": "count",
}
