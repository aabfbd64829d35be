package io.headwater;

/** How a store supports a {@link Capability}. */
public enum Support {
    /** By means of the storage itself. */
    NATIVE,
    /** By other means, at a cost that the page of the backend describes. */
    EMULATED,
    /** Not at all: calls throw {@link UnsupportedCapability}. */
    NONE
}
