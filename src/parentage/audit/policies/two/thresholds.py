"""Policy 2's thresholds. docs/policy.md says where each comes from; none may change once a bundle holds it."""

POLICY = "parentage-policy-2"
# The questions that a verdict by this policy rests on, in protocol order.
QUESTIONS = (
    "identity",
    "ulp-census",
    "kinship",
    "pool",
    "layers",
    "neurons",
    "arrangement",
    "moments",
    "stabbing",
    "replay",
    "rank",
    "quantization",
    "sparsity",
    "afterwards",
    "remainder",
)

MERGE_MID = 0.999
MERGE_AGREE = 0.9999
METHOD_MID = 0.995
TENSOR_MID = 0.99
MERGE_MID_ELEMENTS = 200
MERGE_TENSORS = 0.95
HIGHEST_INNOCENT_MID = 0.93
LEAST_WEIGHT = 0.005
TRAINED_TENSORS = 0.5
TRAINED_LEAST_TENSORS = 5
CHANGED_SPREAD = 0.1
HIGHEST_INNOCENT_CARRIED = 0.55
INDEPENDENT_CORRELATION = 0.05
INDEPENDENT_STRONG_TENSORS = 0.2
INDEPENDENT_TENSORS = 3
RELATED_CORRELATION = 0.3
DESCENDED_CORRELATION = 0.75
DESCENDED_TENSORS = 4
FROZEN_TENSORS = 2
OWN_PLACE_LOG10 = -6.0
POSITION_GROWN = -0.1
POSITION_MIDDLE = 0.6
POSITION_DECAYED = 2.0
BRANCH_WEIGHT = 0.25
PAIRED_ELEMENTS = 0.5


def thresholds() -> dict[str, float]:
    """Return every threshold by name."""
    return {name: value for name, value in globals().items() if name.isupper() and isinstance(value, int | float)}
