"""Who: mentions of people, countries, organisations and agreements, linked to actors by office, day and name."""

from __future__ import annotations
