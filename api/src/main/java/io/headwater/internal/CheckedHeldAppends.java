package io.headwater.internal;

import io.headwater.AppendRequest;
import io.headwater.spi.HeldAppend;
import io.headwater.spi.HeldAppends;
import java.util.function.Consumer;

/**
 * Checks a request before it is held.
 *
 * @param backend what holds it
 * @param check throws for a request that the store does not take
 */
record CheckedHeldAppends(HeldAppends backend, Consumer<AppendRequest> check) implements HeldAppends {

    @Override
    public HeldAppend hold(AppendRequest request) {
        check.accept(request);
        return backend.hold(request);
    }

    @Override
    public boolean holdsUpAppends() {
        return backend.holdsUpAppends();
    }
}
