package io.headwater.esdb;

import io.headwater.esdb.server.Profile;
import io.headwater.tck.Tck;
import io.headwater.tck.junit.EventStoreTck;

/** On the server of {@code -Desdb.url}, if one is given. */
class EsdbTckTest extends EventStoreTck {
    @Override
    protected Tck tck() {
        return EsdbFixture.givenUrl().map(EsdbFixture::tckAt).orElseGet(() -> EsdbFixture.tck(Profile.V24, ""));
    }
}
