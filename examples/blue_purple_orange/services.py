"""The three services of AWS's public samples for event bus policies, each in an account of its own.

Blue publishes Event1, Purple Event2, Orange Event3. Purple takes Event1 and Event3; Blue and Orange take Event2.
https://github.com/aws-samples/amazon-eventbridge-resource-policy-samples
"""

from __future__ import annotations

from cdk_eventbridge_patterns import EventContract, NamingConvention, Platform, Service

REGION = "eu-west-1"
BLUE, PURPLE, ORANGE = "111111111111", "222222222222", "333333333333"

# The samples call their events Event1 and so on, which is no fact in the past tense.
CONVENTION = NamingConvention(organization="acme", stage="prod", domain="com.exampleCorp", events_in_past_tense=False)

DETAIL = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "note": {"type": "string"}},
    "required": ["id"],
}
EXAMPLE = {"id": "42", "note": "hello"}

EVENT_1 = EventContract(service="blue", event="Event1", detail=DETAIL, owner="team-blue", examples=[EXAMPLE])
EVENT_2 = EventContract(service="purple", event="Event2", detail=DETAIL, owner="team-purple", examples=[EXAMPLE])
EVENT_3 = EventContract(service="orange", event="Event3", detail=DETAIL, owner="team-orange", examples=[EXAMPLE])

SERVICES = (
    Service("blue", BLUE, publishes=[EVENT_1], consumes=[EVENT_2], owner="team-blue"),
    Service("purple", PURPLE, publishes=[EVENT_2], consumes=[EVENT_1, EVENT_3], owner="team-purple"),
    Service("orange", ORANGE, publishes=[EVENT_3], consumes=[EVENT_2], owner="team-orange"),
)

# The samples' fourth account owns the one bus of their single-bus shape; in the multi-bus shape it has none.
DEVOPS = Platform("devops", "444444444444", owner="team-devops")
