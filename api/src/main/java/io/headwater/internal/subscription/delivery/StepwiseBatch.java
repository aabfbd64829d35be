package io.headwater.internal.subscription.delivery;

import io.headwater.RecordedEvent;
import java.util.List;

/**
 * A batch in flight whose events may be acknowledged one by one, until the stage that the handler returned is complete. Any
 * thread, one at a time.
 */
public interface StepwiseBatch {

    /** All events of the batch, at least one. */
    List<RecordedEvent> events();

    /** Whether another event may be handled now. If not, the handler gives the rest {@linkplain GivenBack back}. */
    boolean mayHandleNext();

    /** The first event that is not acknowledged is handled. Not to be called for the last: that ends with the stage. */
    void acknowledgeNext();
}
