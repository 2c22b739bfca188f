-- Forecasts are kept until everything has been judged that they are judged by; runs and scores stay.
DELETE FROM forecast_case WHERE day < %(before)s;
