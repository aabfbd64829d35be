package io.headwater.esdb;

import java.util.List;

/**
 * Events of a category, in the order of the log.
 *
 * @param scannedTo the place up to which these are all events of the category
 */
record CategoryPage(List<EventMessage> events, long scannedTo) {
    CategoryPage {
        events = List.copyOf(events);
    }
}
