"""The CDK for JavaScript, out of the Python packages: each has the npm package that it speaks with inside."""

from __future__ import annotations

import tarfile
from importlib.util import find_spec
from pathlib import Path

PACKAGES = {
    "aws-cdk-lib": "aws_cdk",
    "constructs": "constructs",
    "@aws-cdk/cloud-assembly-schema": "aws_cdk.cloud_assembly_schema",
}


def unpack_into(folder: Path) -> Path:
    """Unpack what `l2.js` needs into *folder*, so that both languages run the same version; return the folder."""
    for package, module in PACKAGES.items():
        # Found without an import, which would start Node.
        root, *inner = module.split(".")
        spec = find_spec(root)
        if spec is None or spec.origin is None:
            raise SystemExit(f"{root} is not installed")
        (archive,) = Path(spec.origin).parent.joinpath(*inner, "_jsii").glob("*.jsii.tgz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder / package, filter="data")
        target = folder / package
        for each in (target / "package").iterdir():
            each.rename(target / each.name)
    return folder
