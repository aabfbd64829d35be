package io.headwater.esdb.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Where the ids of the last writes lie; an id that comes again keeps its first place. Not remembered beyond a restart. */
final class CommittedIds {
    private static final int CAPACITY = 100_000;

    record Place(String stream, long number) {}

    private final Map<UUID, Place> places = new LinkedHashMap<>();

    void put(UUID id, String stream, long number) {
        if (places.putIfAbsent(id, new Place(stream, number)) == null && places.size() > CAPACITY) {
            places.remove(places.keySet().iterator().next());
        }
    }

    Place find(UUID id) {
        return places.get(id);
    }

    void clear() {
        places.clear();
    }
}
