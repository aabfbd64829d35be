package io.headwater.internal.subscription.delivery;

import io.headwater.Position;
import io.headwater.RecordedEvent;
import java.util.Arrays;
import java.util.List;

/**
 * The events of a page that one lane handles, in log order, each with the position before it. That is the position of the
 * previous event in the page, which may belong to another lane, or the beginning of the page. Not changed once it is queued.
 */
final class LaneShare {
    private final List<RecordedEvent> page;
    private final Position beforePage;

    /** The indexes of the events in the page. */
    private final int[] indexes;

    private int size;

    /** Creates a share of a page without events. */
    LaneShare(List<RecordedEvent> page, Position beforePage) {
        this.page = page;
        this.beforePage = beforePage;
        this.indexes = new int[page.size()];
    }

    /** Adds the event at this index of the page. */
    void add(int index) {
        indexes[size] = index;
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the events of this share, which are those of the page if there is one lane. */
    List<RecordedEvent> events() {
        return size == page.size()
                ? page
                : Arrays.stream(indexes, 0, size).mapToObj(page::get).toList();
    }

    RecordedEvent event(int number) {
        return page.get(indexes[number]);
    }

    Position before(int number) {
        int index = indexes[number];
        return index == 0 ? beforePage : page.get(index - 1).position();
    }
}
