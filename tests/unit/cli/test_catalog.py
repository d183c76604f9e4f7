"""`cdk-eventbridge catalog`, as it is called."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.catalogs import broken_links, broken_pointers, front_matter
from tests.unit.cli.called import called
from tests.unit.cli.test_who import ENVIRONMENT, TEMPLATE

FORMATS = pytest.mark.parametrize("form", ["markdown", "asyncapi", "eventcatalog"])


def catalog(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return called(folder, "catalog", "orders.json", "--output", "out", *ENVIRONMENT, *arguments)


def read(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder / "out")): file.read_text(encoding="utf-8")
        for file in sorted((folder / "out").rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.json").write_text(json.dumps(TEMPLATE))
    return tmp_path


def test_a_repository_gets_an_index_and_pages_whose_links_lead_somewhere(folder: Path) -> None:
    result = catalog(folder)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("'out': ")
    files = read(folder)
    assert "[orders/OrderPlaced.v1](events/orders-OrderPlaced.v1.md)" in files["README.md"]
    assert broken_links(files) == []


def test_a_project_of_eventcatalog_has_what_its_build_asks_for(folder: Path) -> None:
    (folder / "eventbridge.yaml").write_text(
        "domains: {sales: [orders]}\nconvention: {organization: acme, stage: prod}"
    )

    result = catalog(folder, "--format", "eventcatalog", "--config", "eventbridge.yaml")

    assert (result.returncode, result.stderr) == (0, "")
    files = read(folder)
    assert '"@eventcatalog/core"' in files["package.json"]
    assert 'organizationName: "acme"' in files["eventcatalog.config.js"]
    assert front_matter(files["domains/sales/index.mdx"])["services"] == [{"id": "orders", "version": "1"}]
    assert broken_pointers({name: text for name, text in files.items() if "/" in name}) == []


def test_a_domain_of_a_service_that_was_not_read_is_refused(folder: Path) -> None:
    (folder / "eventbridge.yaml").write_text("domains: {sales: [ordres]}")

    result = catalog(folder, "--format", "eventcatalog", "--config", "eventbridge.yaml")

    assert result.returncode == 2
    assert result.stderr == (
        "cdk-eventbridge: domains must name services that were read, such as 'orders', got 'ordres' in 'sales'\n"
    )


@FORMATS
def test_the_same_templates_give_the_same_files(folder: Path, form: str) -> None:
    catalog(folder, "--format", form)
    first = read(folder)

    assert catalog(folder, "--format", form).returncode == 0

    assert read(folder) == first


def test_what_is_gone_is_removed_and_what_is_anothers_stays(folder: Path) -> None:
    catalog(folder)
    (folder / "out" / "notes.md").write_text("mine")
    (folder / "orders.json").write_text(json.dumps({"Resources": {}}))

    assert catalog(folder).returncode == 0

    assert set(read(folder)) == {".cdk-eventbridge.json", "README.md", "notes.md"}
    assert not (folder / "out" / "events").exists()


def test_the_settings_of_a_project_are_its_owners_once_they_are_there(folder: Path) -> None:
    catalog(folder, "--format", "eventcatalog")
    (folder / "out" / "eventcatalog.config.js").write_text("mine")

    assert catalog(folder, "--format", "eventcatalog").returncode == 0

    assert read(folder)["eventcatalog.config.js"] == "mine"


def test_a_folder_with_files_of_others_is_refused(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "README.md").write_text("mine")

    result = catalog(folder)

    assert result.returncode == 2
    assert result.stderr == (
        "cdk-eventbridge: --output must be a new or an empty folder, or one that this command wrote, such as "
        "'catalog', got 'out', which has files of others; name another\n"
    )
    assert read(folder) == {"README.md": "mine"}


def test_a_page_that_somebody_changed_is_not_written_over_nor_removed(folder: Path) -> None:
    catalog(folder)
    page = folder / "out" / "events" / "orders-OrderPlaced.v1.md"
    page.write_text("mine")
    before = read(folder)

    again = catalog(folder)
    (folder / "orders.json").write_text(json.dumps({"Resources": {}}))
    without = catalog(folder)

    for result in (again, without):
        assert result.returncode == 2
        assert "orders-OrderPlaced.v1.md' was changed since it was written; move what is yours" in result.stderr
    assert read(folder) == before


def test_a_file_of_others_in_the_place_of_a_new_page_is_not_written_over(folder: Path) -> None:
    (folder / "orders.json").write_text(json.dumps({"Resources": {}}))
    catalog(folder)
    (folder / "out" / "services").mkdir()
    (folder / "out" / "services" / "orders.md").write_text("mine")
    (folder / "orders.json").write_text(json.dumps(TEMPLATE))

    result = catalog(folder)

    assert result.returncode == 2
    assert "services/orders.md' is not of this command; move it, and write again" in result.stderr


def test_a_folder_of_one_format_is_not_written_to_in_another(folder: Path) -> None:
    catalog(folder)

    result = catalog(folder, "--format", "asyncapi")

    assert result.returncode == 2
    assert "such as 'catalog/asyncapi', got 'out', which is markdown; name another" in result.stderr


def test_a_list_of_files_that_leads_out_of_the_folder_removes_nothing(folder: Path) -> None:
    catalog(folder)
    listed = folder / "out" / ".cdk-eventbridge.json"
    document = json.loads(listed.read_text())
    document["files"]["../orders.json"] = ""
    listed.write_text(json.dumps(document))

    result = catalog(folder)

    assert result.returncode == 2
    assert "must list files of its folder, got '../orders.json'" in result.stderr
    assert (folder / "orders.json").exists()


def test_what_can_not_be_read_is_told_in_one_line(folder: Path) -> None:
    result = called(folder, "catalog", "nowhere", "--output", "out")

    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert not (folder / "out").exists()
