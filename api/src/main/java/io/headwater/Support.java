package io.headwater;

/** How a store does what a {@link Capability} says. */
public enum Support {
    /** By a means of the storage itself. */
    NATIVE,
    /** By other means, at a cost that the backend's page tells. */
    EMULATED,
    /** Not at all: calls are refused with {@link UnsupportedCapability}. */
    NONE
}
