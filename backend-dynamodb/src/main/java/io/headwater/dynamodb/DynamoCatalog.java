package io.headwater.dynamodb;

import io.headwater.CodePoints;
import io.headwater.StreamCatalog;
import io.headwater.StreamId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The streams of a store, by their catalog items. These lie in many partitions, so a listing merges as many queries. */
final class DynamoCatalog implements StreamCatalog {
    private static final int NAMES_AT_A_TIME = 6_400;
    private static final int HEADS_AT_A_TIME = 100;

    private final Log log;

    DynamoCatalog(Log log) {
        this.log = log;
    }

    @Override
    public List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit) {
        PriorityQueue<CatalogShard> shards = shards(prefix, after, limit);
        List<StreamInfo> found = new ArrayList<>();
        while (!shards.isEmpty() && found.size() < limit) {
            heads(next(shards, Math.min(HEADS_AT_A_TIME, limit - found.size())))
                    .forEach(head -> found.add(head.bounds().info(head.stream())));
        }
        return found;
    }

    private PriorityQueue<CatalogShard> shards(String prefix, Optional<StreamId> after, int limit) {
        PriorityQueue<CatalogShard> shards = new PriorityQueue<>(Comparator.comparing(CatalogShard::first));
        List<Integer> numbers = IntStream.range(0, Keys.CATALOG_SHARDS).boxed().toList();
        List<CatalogShard> read = log.table()
                .calls()
                .all(
                        numbers,
                        number -> CatalogShard.read(log.table(), log.keys().catalog(number), prefix, after, limit));
        read.stream().filter(CatalogShard::hasNext).forEach(shards::add);
        return shards;
    }

    /** The next names in order, at most this number. */
    private static List<StreamId> next(PriorityQueue<CatalogShard> shards, int most) {
        List<StreamId> names = new ArrayList<>();
        while (!shards.isEmpty() && names.size() < most) {
            CatalogShard shard = shards.remove();
            names.add(shard.next());
            if (shard.hasNext()) {
                shards.add(shard);
            }
        }
        return names;
    }

    /** Those that have a HEAD: the catalog item of a large append is there before it, and stays if that is not made. */
    private List<StreamHead> heads(List<StreamId> names) {
        Map<StreamId, StreamHead> heads = log.heads().getAll(names);
        return names.stream()
                .flatMap(name -> Optional.ofNullable(heads.get(name)).stream())
                .filter(StreamHead::exists)
                .toList();
    }

    /** Passes the HEAD of every stream. */
    void forEach(Consumer<StreamHead> consumer) {
        PriorityQueue<CatalogShard> shards = shards("", Optional.empty(), NAMES_AT_A_TIME);
        while (!shards.isEmpty()) {
            heads(next(shards, HEADS_AT_A_TIME)).forEach(consumer);
        }
    }

    @Override
    public List<CategoryInfo> categories() {
        Map<String, CategoryInfo> byName = new TreeMap<>(CodePoints::compare);
        forEach(head -> head.stream()
                .category()
                .ifPresent(name -> byName.merge(
                        name, new CategoryInfo(name, 1, head.bounds().events()), DynamoCatalog::sum)));
        return List.copyOf(byName.values());
    }

    private static CategoryInfo sum(CategoryInfo one, CategoryInfo other) {
        return new CategoryInfo(one.name(), one.streams() + other.streams(), one.events() + other.events());
    }
}
