"""Things in any state, made by telling how they came there."""
