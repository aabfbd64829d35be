package io.headwater.dynamodb;

import io.headwater.StreamId;
import java.util.List;

/** The items with versions at which a stream was emptied and that its HEAD has no room for. */
final class OlderEmptied {
    private static final String VERSIONS = "versions";

    private final Table table;
    private final Keys keys;

    OlderEmptied(Table table, Keys keys) {
        this.table = table;
        this.keys = keys;
    }

    List<Long> of(StreamId stream) {
        return table.query(keys.stream(stream)).beginningWith(Keys.EMPTIED).all().stream()
                .flatMap(item -> EmptiedVersions.of(item.bytes(VERSIONS)).versions().stream())
                .toList();
    }

    Write write(StreamId stream, EmptiedVersions versions) {
        return Write.put(Item.at(keys.emptied(stream, versions.last())).with(VERSIONS, versions.bytes()))
                .onlyIf("attribute_not_exists(#pk)");
    }
}
