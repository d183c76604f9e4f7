"""Synthesized templates, ours or anyone's, read into what the other rooms judge."""

from cdk_eventbridge_patterns.assembly.names import names_in
from cdk_eventbridge_patterns.assembly.reader import read_assembly, read_templates
from cdk_eventbridge_patterns.assembly.reading import Artifacts, read
from cdk_eventbridge_patterns.assembly.resolution import Resolution
from cdk_eventbridge_patterns.assembly.source import Source
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.assembly.topology_of import topology_of

__all__ = [
    "Artifacts",
    "Resolution",
    "Source",
    "Template",
    "names_in",
    "read",
    "read_assembly",
    "read_templates",
    "topology_of",
]
