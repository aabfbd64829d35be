package io.headwater.internal.subscription.delivery;

import io.headwater.RecordedEvent;
import java.util.List;

/**
 * A batch in flight whose events may be acknowledged one by one, until the stage that the handler returned is complete. Any
 * thread, but one at a time.
 */
public interface StepwiseBatch {

    /** Returns all events of the batch, at least one. */
    List<RecordedEvent> events();

    /** Returns whether another event may be handled now. If not, the handler gives the rest {@linkplain GivenBack back}. */
    boolean mayHandleNext();

    /**
     * Acknowledges the first event that is not acknowledged. MUST NOT be called for the last event, which the stage acknowledges.
     */
    void acknowledgeNext();
}
