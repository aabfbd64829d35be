package io.headwater.esdb;

import io.headwater.esdb.server.Profile;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;

class OldestEsdbTckTest extends EventStoreTck {
    @Override
    protected Tck tck() {
        return EsdbFixture.tck(Profile.V23_10, "&categories=filter");
    }
}
