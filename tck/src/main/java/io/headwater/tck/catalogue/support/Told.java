package io.headwater.tck.catalogue.support;

import io.headwater.RecordedEvent;
import io.headwater.SubscriptionListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a listener is told of failures. */
public final class Told implements SubscriptionListener {
    public final List<String> list = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void retrying(RecordedEvent event, int attempt, Throwable failure) {
        list.add("retry %s of @%s".formatted(attempt, event.version()));
    }

    @Override
    public void skipped(RecordedEvent event, Throwable failure) {
        list.add("skip of @" + event.version());
    }

    @Override
    public void parked(RecordedEvent event, Throwable failure) {
        list.add("park of @" + event.version());
    }
}
