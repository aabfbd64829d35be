package io.headwater.esdb;

import io.headwater.CodePoints;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Streams and categories, as a scan of the log finds them. */
final class EsdbCatalog implements StreamCatalog {
    private final LogScan scan;

    EsdbCatalog(LogScan scan) {
        this.scan = scan;
    }

    @Override
    public List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit) {
        boolean beginning = after.isEmpty() || CodePoints.compare(after.get().value(), prefix) < 0;
        String from = beginning ? prefix : after.get().value();
        return scan.read(log -> log.streams(from, beginning)
                .takeWhile(stream -> stream.stream().value().startsWith(prefix))
                .limit(limit)
                .toList());
    }

    @Override
    public List<CategoryInfo> categories() {
        Map<String, CategoryInfo> byName = new TreeMap<>(CodePoints::compare);
        scan.read(log -> {
            log.streams("", true)
                    .forEach(stream -> stream.stream()
                            .category()
                            .ifPresent(name ->
                                    byName.merge(name, new CategoryInfo(name, 1, stream.events()), EsdbCatalog::sum)));
            return byName.size();
        });
        return List.copyOf(byName.values());
    }

    private static CategoryInfo sum(CategoryInfo one, CategoryInfo other) {
        return new CategoryInfo(one.name(), one.streams() + other.streams(), one.events() + other.events());
    }
}
