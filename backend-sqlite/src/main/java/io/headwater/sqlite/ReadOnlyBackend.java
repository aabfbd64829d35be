package io.headwater.sqlite;

import io.headwater.spi.BackendContext;
import io.headwater.spi.support.ComposedBackend;
import java.util.Map;

/**
 * A file that is only read. It is not watched, because a watch would keep a connection open; readers poll the end of the
 * log.
 */
final class ReadOnlyBackend extends ComposedBackend {
    private final OpenFile open;
    private final ReadOnlySessions sessions;
    private final Parts parts;

    private ReadOnlyBackend(
            DatabaseFile file, OpenFile open, BackendContext context, ReadOnlySessions sessions, String storeId) {
        this.open = open;
        this.sessions = sessions;
        SameStore same = new SameStore(storeId, file.path());
        parts = new FileParts(file, storeId, sessions, same, context.clock())
                .with(new AppendEvents(Writes.refused(), context.clock()), Writes.refused(), Map::of);
    }

    @Override
    protected Parts parts() {
        return parts;
    }

    static ReadOnlyBackend open(DatabaseFile file, OpenFile open, BackendContext context) {
        ReadOnlySessions sessions = new ReadOnlySessions(file, context.option(SqliteBackendProvider.READERS));
        boolean opened = false;
        try {
            String storeId = sessions.read(session -> SqliteSchema.check(file, session));
            ReadOnlyBackend backend = new ReadOnlyBackend(file, open, context, sessions, storeId);
            opened = true;
            return backend;
        } finally {
            if (!opened) {
                sessions.close();
            }
        }
    }

    @Override
    public void close() {
        try {
            sessions.close();
        } finally {
            open.close();
        }
    }
}
