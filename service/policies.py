"""The policies that an application judges articles by."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, current_app

from model.policy import Policy
from model.policy_file import DEFAULT


def served_policies() -> Mapping[str, Policy]:
    """The policies of the current application, by name."""
    policies: Mapping[str, Policy] = current_app.extensions["policies"]
    return policies


def default_policy() -> Policy:
    """The policy of a request that names none."""
    return served_policies()[DEFAULT]


def init_app(app: Flask, policies: Mapping[str, Policy]) -> None:
    """Judge articles by ``policies``."""
    app.extensions["policies"] = policies
