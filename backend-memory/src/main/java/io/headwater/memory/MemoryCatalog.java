package io.headwater.memory;

import io.headwater.CodePoints;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lists streams and categories. */
final class MemoryCatalog implements StreamCatalog {
    private final MemoryStorage storage;

    MemoryCatalog(MemoryStorage storage) {
        this.storage = storage;
    }

    @Override
    public List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit) {
        return storage.read(() -> storage.streams.values().stream()
                .filter(stream -> stream.id.value().startsWith(prefix))
                .filter(stream -> after.isEmpty() || stream.id.compareTo(after.get()) > 0)
                .limit(limit)
                .map(MemoryCatalog::info)
                .toList());
    }

    private static StreamInfo info(MemoryStream stream) {
        return stream.bounds().info(stream.id);
    }

    @Override
    public List<CategoryInfo> categories() {
        return storage.read(() -> {
            Map<String, CategoryInfo> byName = new TreeMap<>(CodePoints::compare);
            for (MemoryStream stream : storage.streams.values()) {
                stream.id
                        .category()
                        .ifPresent(name -> byName.merge(
                                name, new CategoryInfo(name, 1, info(stream).events()), MemoryCatalog::sum));
            }
            return List.copyOf(byName.values());
        });
    }

    private static CategoryInfo sum(CategoryInfo one, CategoryInfo other) {
        return new CategoryInfo(one.name(), one.streams() + other.streams(), one.events() + other.events());
    }
}
