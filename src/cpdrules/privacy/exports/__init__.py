"""A statement for other tools, as plain data, and for each a list of what it has no place for."""

from cpdrules.privacy.exports.consent_tools import to_cookieconsent, to_klaro
from cpdrules.privacy.exports.losses import Export, Loss
from cpdrules.privacy.exports.vocabularies import tags, to_consent_mode, to_tcf_disclosure

__all__ = [
    "Export",
    "Loss",
    "tags",
    "to_consent_mode",
    "to_cookieconsent",
    "to_klaro",
    "to_tcf_disclosure",
]
