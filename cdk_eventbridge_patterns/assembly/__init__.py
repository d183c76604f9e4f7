"""Synthesized templates, ours or anyone's, read into what the other rooms judge."""

from cdk_eventbridge_patterns.assembly.names import names_in
from cdk_eventbridge_patterns.assembly.reader import read_assembly, read_templates
from cdk_eventbridge_patterns.assembly.template import Template

__all__ = ["Template", "names_in", "read_assembly", "read_templates"]
