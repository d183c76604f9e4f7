"""Services as YAML files declare them, and all that can be wrong with such a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import DataClass, EventContract, SchemaDialect
from cdk_eventbridge_patterns.declarations.faults import Faults
from cdk_eventbridge_patterns.declarations.services import DeclaredService, read_services
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan import (
    ArchiveSettings,
    BusLogs,
    Disabled,
    Encryption,
    LogLevel,
    Monitoring,
    RetryPolicy,
    SchemaRegistry,
)

SCHEMA = '{"type": "object", "properties": {"reason": {"enum": ["fraud", "NO"]}}, "required": ["reason"]}'
ORDERS = 'orders: {account: "111111111111", publishes: [OrderPlaced.v1]'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the file will be, beside a folder of two contracts."""
    for name in ("orders/OrderPlaced.v1.json", "payments/PaymentFailed.v1.json"):
        contract = tmp_path / "contracts" / name
        contract.parent.mkdir(parents=True)
        contract.write_text(SCHEMA)
    return tmp_path / "services.yaml"


def read(*files: Path, contracts: Sequence[EventContract] = ()) -> dict[str, DeclaredService]:
    faults = Faults()
    declared = read_services(files, contracts, faults)
    faults.check()
    return {service.name: service for service in declared}


def arguments(file: Path, services: str) -> dict[str, Any]:
    """Return what *services*, the lines below that key, say of the service billing."""
    file.write_text(f"contracts: contracts\nservices:\n  {services}\n")
    return dict(read(file)["billing"].arguments)


def faults_of(file: Path, text: str) -> str:
    """Return all that is wrong with *text*, without the folder."""
    file.write_text(text)
    with pytest.raises(DeclarationError) as raised:
        read(file)
    return str(raised.value).replace(f"{file.parent}/", "")


def fault_of(file: Path, services: str) -> str:
    """Return the one thing that is wrong with *services*, the lines below that key, as `line: path: message`."""
    found = faults_of(file, f"contracts: contracts\nservices:\n  {services}\n")
    (_, line) = found.splitlines()
    return line.strip().removeprefix("services.yaml:")


# -- What a file can say


def test_a_service_is_read_with_its_account_and_owner(file: Path) -> None:
    said = arguments(file, 'billing: {account: "222222222222", owner: team-billing, consumes: [orders/OrderPlaced.v1]}')

    assert (said["name"], said["account"], said["owner"]) == ("billing", "222222222222", "team-billing")
    assert (said["separate_inbox"], said["archive"], said["region"], said["schema_registry"]) == (
        False,
        None,
        None,
        None,
    )


def test_events_are_found_in_the_folder_of_contracts_beside_the_file(file: Path) -> None:
    file.write_text(
        f"contracts: contracts\nservices:\n  {ORDERS}}}\n"
        '  billing: {account: "222222222222", consumes: [orders/OrderPlaced.v1]}\n'
    )

    services = read(file)

    (published,), (wanted,) = services["orders"].arguments["publishes"], services["billing"].arguments["consumes"]
    assert str(published.name) == "orders/OrderPlaced.v1"
    assert wanted.events == (published,)


def test_a_subscription_may_say_which_of_its_events_and_how(file: Path) -> None:
    said = arguments(
        file,
        """billing:
    account: "222222222222"
    consumes:
      - event: payments/PaymentFailed.v1
        detail: {reason: [fraud]}
        name: frauds
        retry: {maximum_attempts: 3}""",
    )

    (wanted,) = said["consumes"]
    assert (wanted.detail, wanted.name, wanted.retry) == (
        {"reason": ["fraud"]},
        "frauds",
        RetryPolicy(maximum_attempts=3),
    )


def test_one_subscription_may_take_several_events(file: Path) -> None:
    (file.parent / "contracts/orders/OrderCancelled.v1.json").write_text(SCHEMA)

    said = arguments(
        file,
        'billing: {account: "222222222222", consumes: [{events: [orders/OrderPlaced.v1, orders/OrderCancelled.v1]}]}',
    )

    (wanted,) = said["consumes"]
    assert [event.title for event in wanted.events] == ["OrderPlaced.v1", "OrderCancelled.v1"]


@pytest.mark.parametrize(
    ("written", "argument", "expected"),
    [
        ("archive: {retention_days: 365}", "archive", ArchiveSettings(retention_days=365)),
        (
            "archive: {by_data_class: {restricted: 7}}",
            "archive",
            ArchiveSettings(by_data_class={DataClass.RESTRICTED: 7}),
        ),
        ("archive: {retention_days: null}", "archive", ArchiveSettings(retention_days=None)),
        ("archive: {disabled: kept elsewhere}", "archive", Disabled("kept elsewhere")),
        ("encryption: {}", "encryption", Encryption()),
        ("encryption: {rotation_days: 180}", "encryption", Encryption(rotation_days=180)),
        ("monitoring: {disabled: by another tool}", "monitoring", Disabled("by another tool")),
        (
            "monitoring: {notify: ['arn:aws:sns:eu-west-1:222222222222:alerts'], runbook: 'https://wiki', lost: 5}",
            "monitoring",
            Monitoring(notify=("arn:aws:sns:eu-west-1:222222222222:alerts",), runbook="https://wiki", lost=5),
        ),
        (
            "monitoring: {slow_seconds: {disabled: it is a batch}, dashboard: {disabled: Grafana}}",
            "monitoring",
            Monitoring(slow_seconds=Disabled("it is a batch"), dashboard=Disabled("Grafana")),
        ),
        (
            "monitoring: {logs: {level: INFO, retention_days: 7, include_detail: true}}",
            "monitoring",
            Monitoring(logs=BusLogs(level=LogLevel.INFO, retention_days=7, include_detail=True)),
        ),
        ("monitoring: {logs: {disabled: too dear}}", "monitoring", Monitoring(logs=Disabled("too dear"))),
        ("schema_registry: {disabled: no readers}", "schema_registry", Disabled("no readers")),
        (
            'schema_registry: {dialect: OpenApi3, readers: ["111111111111"], discover_in: [dev]}',
            "schema_registry",
            SchemaRegistry(dialect=SchemaDialect.OPEN_API_3, readers=("111111111111",), discover_in=("dev",)),
        ),
        ("schema_registry: {consumers_read: true}", "schema_registry", SchemaRegistry(consumers_read=True)),
        (
            "schema_registry: {organization_id: o-exampleorg1}",
            "schema_registry",
            SchemaRegistry(organization_id="o-exampleorg1"),
        ),
        ("separate_inbox: true", "separate_inbox", True),
        ("region: us-east-1", "region", "us-east-1"),
    ],
)
def test_settings_of_a_service_are_read(file: Path, written: str, argument: str, expected: object) -> None:
    said = arguments(file, f'billing: {{account: "222222222222", {written}}}')

    assert said[argument] == expected


def test_values_are_those_of_yaml_1_2_so_norway_is_no_false(file: Path) -> None:
    said = arguments(
        file,
        'billing: {account: "222222222222", consumes: [{event: payments/PaymentFailed.v1, detail: {reason: [NO]}}]}',
    )

    assert said["consumes"][0].detail == {"reason": ["NO"]}


def test_what_services_have_in_common_is_merged_in_as_yaml_does(file: Path) -> None:
    said = arguments(
        file,
        'orders: &team {account: "111111111111", owner: team-shop, separate_inbox: true}\n'
        '  billing: {<<: *team, account: "222222222222", consumes: [payments/PaymentFailed.v1]}',
    )

    assert (said["account"], said["owner"], said["separate_inbox"]) == ("222222222222", "team-shop", True)


def test_contracts_may_be_given_in_python(tmp_path: Path) -> None:
    file = tmp_path / "services.yaml"
    file.write_text(f"services:\n  {ORDERS}}}\n")
    placed = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})

    services = read(file, contracts=[placed])

    assert services["orders"].arguments["publishes"] == [placed]


def test_several_files_are_read_as_one(file: Path) -> None:
    other = file.with_name("payments.yaml")
    file.write_text(f"contracts: contracts\nservices:\n  {ORDERS}, consumes: [payments/PaymentFailed.v1]}}\n")
    other.write_text(
        'contracts: contracts\nservices:\n  payments: {account: "222222222222", publishes: [PaymentFailed.v1]}\n'
    )

    assert list(read(file, other)) == ["orders", "payments"]


def test_a_file_of_json_is_read_too(file: Path) -> None:
    file.write_text('{"contracts": "contracts",\n\t"services": {"orders": {"account": "011111111111"}}}')

    assert read(file)["orders"].arguments["account"] == "011111111111"


# -- What can be wrong


def test_all_faults_are_told_at_once_each_with_its_line_and_path(file: Path) -> None:
    found = faults_of(
        file,
        """contracts: contracts
services:
  orders:
    account: "111111111111"
    ownr: team-orders
    publishes: [OrderPlced.v1]
  billing:
    account: 011111111111
""",
    )

    assert found == (
        "services must be declared without fault, got 3 faults:\n"
        "  services.yaml:5: services.orders.ownr: there is no such key; did you mean 'owner'? known are account, "
        "owner, publishes, consumes, separate_inbox, archive, encryption, schema_registry, region, monitoring\n"
        "  services.yaml:6: services.orders.publishes[0]: there is no contract of 'orders/OrderPlced.v1'; "
        "did you mean 'orders/OrderPlaced.v1'?\n"
        '  services.yaml:8: services.billing.account: must be in quotes, "011111111111": without, it is a number, '
        "which loses zeros at its front"
    )


def test_faults_of_several_files_are_told_together(file: Path) -> None:
    other = file.with_name("others.yaml")
    file.write_text("servces: {}\n")
    other.write_text("- orders\n")

    with pytest.raises(DeclarationError) as raised:
        read(file, other)

    assert "services.yaml:1: servces: there is no such key; did you mean 'services'?" in str(raised.value)
    assert "others.yaml: the file must hold a mapping" in str(raised.value)


BILLING = 'billing: {account: "222222222222", '


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ("billing: {owner: me}", "3: services.billing: account is missing"),
        ("billing: {account: true}", "3: services.billing.account: must be a 12-digit account id in quotes"),
        ("billing: 7", "3: services.billing: must be a mapping"),
        (BILLING + "owner: [me]}", "3: services.billing.owner: must be a text"),
        (BILLING + "separate_inbox: yes}", "3: services.billing.separate_inbox: must be true or false, got 'yes'"),
        (BILLING + "publishes: OrderPlaced.v1}", "3: services.billing.publishes: must be a list"),
        (BILLING + "publishes: [orders/OrderPlaced.v1]}", "'billing' can't publish OrderPlaced.v1"),
        (BILLING + "publishes: [OrderPlaced]}", "services.billing.publishes[0]: event must be a service, an event"),
        (BILLING + "consumes: [OrderPlaced.v1]}", "services.billing.consumes[0]: event must be a service, an event"),
        (BILLING + "consumes: [7]}", "services.billing.consumes[0]: event must be a service, an event"),
        (BILLING + "consumes: [{detail: {}}]}", "services.billing.consumes[0]: must have either event or events"),
        (BILLING + "consumes: [{events: []}]}", "at least one event contract is needed"),
        (
            BILLING + "consumes: [{event: orders/OrderPlaced.v1, detail: {reason: [frud]}}]}",
            "detail must let some OrderPlaced.v1 through, and can't: at detail.reason",
        ),
        (
            BILLING + "consumes: [{event: orders/OrderPlaced.v1, detail: {reason: fraud}}]}",
            "services.billing.consumes[0]: detail.reason",
        ),
        (BILLING + "consumes: [{event: orders/OrderPlaced.v1, on: x}]}", "consumes[0].on: there is no such key"),
        (
            BILLING + "consumes: [{event: orders/OrderPlaced.v1, retry: {maximum_attempts: 186}}]}",
            "services.billing.consumes[0].retry: maximum_attempts must be 0 to 185 attempts, got 186",
        ),
        (BILLING + "archive: 30}", "services.billing.archive: must be a mapping, such as {retention_days: 90}, got 30"),
        (BILLING + "archive: {retention_days: 0}}", "services.billing.archive: retention_days must be 1 to 36500"),
        (BILLING + "archive: {disabled: x, retention_days: 3}}", "archive: disabled must stand alone"),
        (BILLING + "archive: {disabled: null}}", "archive: reason must say why"),
        (BILLING + "encryption: true}", "encryption: must be a mapping, such as {rotation_days: 180}, got True"),
        (BILLING + "encryption: {rotation_days: 7}}", "encryption: rotation_days must be 90 to 2560 days, got 7"),
        (BILLING + "monitoring: {loss: 3}}", "services.billing.monitoring.loss: there is no such key; did you mean"),
        (BILLING + "monitoring: {lost: none}}", "services.billing.monitoring: lost must be 0 to 1000000000 of them"),
        (BILLING + "monitoring: {lost: {disabled: ''}}}", "monitoring.lost: reason must say why"),
        (BILLING + "monitoring: {logs: {level: DEBUG}}}", "logs.level: must be one of ERROR, INFO, TRACE, got 'DEBUG'"),
        (
            BILLING + "monitoring: {logs: {retention_days: 8}}}",
            "monitoring.logs: retention_days must be a number of days",
        ),
        (BILLING + "schema_registry: {dialect: OpenApi}}", "dialect: must be one of JSONSchemaDraft4, OpenApi3"),
        (BILLING + "schema_registry: {readers: [222222222222]}}", "readers[0]: must be a text in quotes"),
        (BILLING + "owner: a, owner: b}", "3: key 'owner' is written twice"),
    ],
)
def test_a_fault_is_told_at_its_place(file: Path, services: str, expected: str) -> None:
    assert expected in fault_of(file, services)


def test_an_event_that_its_producer_does_not_publish_is_a_fault(file: Path) -> None:
    (file.parent / "contracts/orders/OrderCancelled.v1.json").write_text(SCHEMA)

    fault = fault_of(file, f"{ORDERS}}}\n  {BILLING}consumes: [orders/OrderCancelled.v1]}}")

    assert fault == (
        "4: services.billing: consumes orders/OrderCancelled.v1, which 'orders' does not publish; "
        "it publishes ['OrderPlaced.v1']"
    )


def test_a_service_that_consumes_its_own_event_is_a_fault(file: Path) -> None:
    fault = fault_of(file, ORDERS + ", consumes: [orders/OrderPlaced.v1]}")

    assert "consumes orders/OrderPlaced.v1, its own" in fault


def test_a_producer_of_no_file_is_no_fault_for_python_may_declare_it(file: Path) -> None:
    assert arguments(file, BILLING + "consumes: [orders/OrderPlaced.v1]}")


def test_a_service_in_two_files_is_a_fault_that_names_both(file: Path) -> None:
    other = file.with_name("b.yaml")
    for each in (file, other):
        each.write_text(f"contracts: contracts\nservices:\n  {ORDERS}}}\n")

    with pytest.raises(DeclarationError, match=r"b\.yaml:3: services\.orders: is declared twice; first at .*services"):
        read(file, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("services: ]", "services.yaml:1: the file must be YAML"),
        ("", "the file must hold a mapping"),
        ("services: {}", "services.yaml:1: services: must declare a service"),
        ("services: &a {b: *a}", "services.yaml:1: the file must be YAML: found unconstructable recursive node"),
        ("services: !Ref x", "could not determine a constructor for the tag '!Ref'"),
        ("{[a]: b}", "services.yaml:1: the file must be YAML: a key must be text"),
        ("contracts: nowhere\nservices: {a: {}}", "services.yaml:1: contracts: must be a folder of contracts"),
        ('services: {a: {account: "111111111111", publishes: [B.v1]}}', "there are no contracts at all"),
    ],
)
def test_a_file_of_another_form_is_a_fault(file: Path, text: str, expected: str) -> None:
    assert expected in faults_of(file, text)


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"services\.yaml: the file can't be read: No such file"):
        read(tmp_path / "services.yaml")


def test_a_contract_that_is_wrong_is_a_fault_of_the_folder(file: Path) -> None:
    (file.parent / "contracts/orders/OrderLost.v1.json").write_text('{"type": "text"}')

    found = faults_of(file, f"contracts: contracts\nservices:\n  {ORDERS}}}\n")

    assert "got a fault:\n  services.yaml:1: contracts: " in found
    assert "detail of OrderLost.v1 must be a valid JSON Schema" in found


def test_a_contract_that_python_gives_too_is_a_fault(file: Path) -> None:
    file.write_text(f"contracts: contracts\nservices:\n  {ORDERS}}}\n")
    placed = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})

    with pytest.raises(DeclarationError, match=r"contracts: has orders/OrderPlaced\.v1, which Python gives too"):
        read(file, contracts=[placed])
