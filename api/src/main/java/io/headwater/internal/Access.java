package io.headwater.internal;

import io.headwater.spi.OptionDescriptor;

/** What a store is opened for (L4). */
enum Access {
    /** Everything that the storage can do. */
    WRITE,
    /** Reading alone. */
    READ;

    /** An option of every store, whatever its backend. */
    static final OptionDescriptor<Access> OPTION = OptionDescriptor.oneOf(
            "access",
            Access.class,
            WRITE,
            "write: read and write; read: only read: calls that would write are refused, and opening the store creates and"
                    + " changes nothing");
}
