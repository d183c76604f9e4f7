"""Events are facts: named in the past tense, which is judged and not enforced."""

from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.naming import NameFault, NamingConvention, ResourceKind

ACME = NamingConvention(organization="acme", stage="prod")


@pytest.mark.parametrize(
    "event",
    [
        *("OrderPlaced", "Paid", "OrderSent", "StockTaken", "CartEmptied", "OfferMade", "ItemSold", "ParcelLost"),
        *("ReportWritten", "ShiftBegun", "SeatChosen", "ShopShut", "PriceSet", "OrderPut", "StockHeld", "ItemKept"),
        *("GuestLeft", "ItemFound", "HouseBuilt", "ItemBought", "GlassBroken", "MoneyWithdrawn", "RefundGiven"),
        *("AdShown", "CustomerKnown", "JobDone", "StockGone", "BidWon", "MessageRead", "JobRun", "TargetMet"),
        *("CustomerTold", "BudgetSpent", "PriceCut", "OrderSplit", "PasswordReset", "OrderResent", "InvoiceUnpaid"),
    ],
)
def test_a_fact_is_known_by_its_participle(event: str) -> None:
    assert ACME.event_fault(event) is None


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("OrderPlace", "OrderPlaced"),
        ("OrderCancel", "OrderCanceled"),
        ("OrderShip", "OrderShipped"),
        ("ItemCopy", "ItemCopied"),
        ("OrderSend", "OrderSent"),
        ("PaymentWithdraw", "PaymentWithdrawn"),
        ("OrderPlacing", "OrderPlaced"),
        ("MessageSending", "MessageSent"),
        ("OfferMaking", "OfferMade"),
        ("OrderVAT", "OrderVATChanged"),
        ("VATChange", "VATChanged"),
        ("AssetAsset", "AssetAsseted"),
        ("OrderPlacedV2", "OrderPlaced"),
        ("order-placed", "OrderPlaced"),
        ("order_placed", "OrderPlaced"),
        ("2ndOrderPlaced", "NdOrderPlaced"),
        ("!", "OrderPlaced"),
    ],
)
def test_what_is_no_fact_is_shown_beside_one(event: str, expected: str) -> None:
    assert ACME.event_fault(event) == NameFault(
        ResourceKind.DETAIL_TYPE,
        event,
        expected,
        f"event must be a past-tense fact in PascalCase, such as {expected!r}, got {event!r}",
    )


def test_an_organisation_may_name_events_otherwise() -> None:
    commands_too = replace(ACME, events_in_past_tense=False)

    assert commands_too.event_fault("PlaceOrder") is None
    assert commands_too.event_fault("place-order") == NameFault(
        ResourceKind.DETAIL_TYPE,
        "place-order",
        "PlaceOrder",
        "event must be a name in PascalCase, such as 'PlaceOrder', got 'place-order'",
    )


def test_a_contract_may_be_older_than_the_convention() -> None:
    assert ACME.detail_type("PlaceOrder", 1) == "PlaceOrder.v1"
