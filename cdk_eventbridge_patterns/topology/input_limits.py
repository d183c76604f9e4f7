"""How long `Input`, `InputPath` and `InputTransformer` of a target may be.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
"""

LONGEST_INPUT = 8_192
LONGEST_TEMPLATE = 8_192
LONGEST_PATH = 256
MOST_PATHS = 100
