package io.headwater.postgres;

import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;

class PostgresTckTest extends EventStoreTck {
    @Override
    protected Tck tck() {
        return Tck.of(PostgresFixture.url());
    }
}
