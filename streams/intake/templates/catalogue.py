"""Every template, by its name."""

from collections.abc import Mapping

from streams.intake.templates.datasets import DATASETS
from streams.intake.templates.declared import Template
from streams.intake.templates.outreach import ACTIVITY, STAFFING, TRAINING
from streams.intake.templates.tasks import TASKS

TEMPLATES: Mapping[str, Template] = {one.name: one for one in (ACTIVITY, TRAINING, STAFFING, DATASETS, TASKS)}
