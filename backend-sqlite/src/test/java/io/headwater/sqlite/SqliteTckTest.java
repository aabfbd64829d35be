package io.headwater.sqlite;

import io.headwater.EventStoreConfig;
import io.headwater.tck.StoreControl;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteTckTest extends EventStoreTck {
    @TempDir
    Path directory;

    @Override
    protected Tck tck() {
        EventStoreConfig config = EventStoreConfig.of(SqliteFixture.url(directory));
        return Tck.of(StoreControl.of(config, () -> SqliteState.keep(directory)));
    }
}
